package dev.facet.prepare.whole;

import dev.facet.prepare.filter.CaptionCounts;
import dev.facet.prepare.part.FaceRecord;
import dev.facet.prepare.part.PhotoRecord;
import dev.facet.prepare.part.RowRecord;
import dev.facet.prepare.part.SampleRecord;
import dev.facet.prepare.part.SpoolReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * Which of a sample's captions are trained on: those of the columns for it that are not too common.
 */
final class TrainedCaptions {
  private final List<String> kept;
  private final int maxRepeats;
  private final CaptionCounts counts = new CaptionCounts(0);

  private TrainedCaptions(List<String> kept, int maxRepeats) {
    this.kept = kept;
    this.maxRepeats = maxRepeats;
  }

  /**
   * Counts the captions of all samples, if there is a limit to it.
   *
   * @param kept columns that are not trained on
   * @param maxRepeats how often one may occur; 0 is any number
   */
  static TrainedCaptions of(List<SpoolFile> spools, List<String> kept, int maxRepeats)
      throws IOException {
    TrainedCaptions trained = new TrainedCaptions(kept, maxRepeats);
    if (maxRepeats > 0) {
      forEach(spools, sample -> trained.all(sample).forEach(trained.counts::add));
      trained.counts.keepAbove(maxRepeats);
    }
    return trained;
  }

  /** Numbers of the samples that have none left. */
  BitSet repeated(List<SpoolFile> spools) throws IOException {
    BitSet repeated = new BitSet();
    if (maxRepeats > 0) {
      int[] next = {0};
      forEach(spools, sample -> repeated.set(next[0]++, of(sample).isEmpty()));
    }
    return repeated;
  }

  /** The captions of a sample that are trained on. */
  List<String> of(SampleRecord sample) {
    List<String> all = all(sample);
    if (maxRepeats > 0) {
      all.removeIf(caption -> counts.count(caption) > maxRepeats);
    }
    return all;
  }

  private List<String> all(SampleRecord sample) {
    List<String> all = new ArrayList<>();
    sample
        .captions()
        .forEach(
            (column, texts) -> {
              if (!kept.contains(column)) {
                all.addAll(texts);
              }
            });
    return all;
  }

  private static void forEach(List<SpoolFile> spools, Consumer<SampleRecord> each)
      throws IOException {
    for (SpoolFile spool : spools) {
      try (SpoolReader reader = new SpoolReader(spool.path())) {
        for (SpoolReader.Entry entry = reader.next(); entry != null; entry = reader.next()) {
          samples(entry.record(), each);
        }
      }
    }
  }

  private static void samples(PhotoRecord record, Consumer<SampleRecord> each) {
    for (RowRecord row : record.rows()) {
      for (FaceRecord face : row.faces()) {
        SampleRecord sample = face.sample();
        if (sample != null) {
          each.accept(sample);
        }
      }
    }
  }
}
