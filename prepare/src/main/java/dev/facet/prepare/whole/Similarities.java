package dev.facet.prepare.whole;

import dev.facet.base.SampleRandom;
import dev.facet.base.Staged;
import dev.facet.prepare.filter.CaptionScorer;
import dev.facet.prepare.part.FaceRecord;
import dev.facet.prepare.part.Made;
import dev.facet.prepare.part.RowRecord;
import dev.facet.prepare.part.SampleRecord;
import dev.facet.prepare.part.SpoolReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * How well the captions of samples fit, as a model says it: asked once for each part, and kept in a
 * file until all is written, so that a killed process goes on with the part it was at.
 *
 * <p>Such a file: 8 bytes that say which records the part held, then 4 for each sample, the best
 * cosine of its captions.
 */
final class Similarities {
  private final Path folder;
  private final CaptionScorer scorer;
  private final TrainedCaptions trained;

  /**
   * @param folder for what the scorer said
   * @param trained whose captions count
   */
  Similarities(Path folder, CaptionScorer scorer, TrainedCaptions trained) {
    this.folder = folder;
    this.scorer = scorer;
    this.trained = trained;
  }

  /**
   * Which samples have no caption that fits.
   *
   * @param least cosine of one that does
   * @param progress told for how many samples it is known
   * @return their numbers, all parts counted together
   */
  BitSet below(double least, List<SpoolFile> spools, LongConsumer progress) throws IOException {
    Files.createDirectories(folder);
    BitSet below = new BitSet();
    int first = 0;
    for (SpoolFile spool : spools) {
      ByteBuffer best = of(spool);
      for (; best.hasRemaining(); first++) {
        // What is no number fits nothing either.
        below.set(first, !(best.getFloat() >= least));
      }
      progress.accept(first);
    }
    return below;
  }

  private ByteBuffer of(SpoolFile spool) throws IOException {
    Path file = folder.resolve(spool.name());
    try (SpoolReader reader = new SpoolReader(spool.path())) {
      List<Long> offsets = new ArrayList<>();
      int samples = 0;
      long records = 0;
      for (SpoolReader.Entry entry = reader.next(); entry != null; entry = reader.next()) {
        int here = samples(entry.record().rows()).size();
        records = SampleRandom.mix(records ^ entry.crc());
        samples += here;
        if (here > 0) {
          offsets.add(entry.offset());
        }
      }
      int length = Long.BYTES + samples * Float.BYTES;
      if (Files.exists(file) && Files.size(file) == length) {
        ByteBuffer kept = ByteBuffer.wrap(Files.readAllBytes(file));
        if (kept.getLong() == records) {
          return kept;
        }
      }
      ByteBuffer asked = ByteBuffer.allocate(length).putLong(records);
      Batch batch = new Batch(new float[samples]);
      for (long offset : offsets) {
        batch.add(reader.read(offset));
      }
      batch.finish();
      for (float best : batch.best) {
        asked.putFloat(best);
      }
      try (Staged staged = Staged.file(file)) {
        Files.write(staged.path(), asked.array());
        staged.commit();
      }
      return asked.position(Long.BYTES);
    }
  }

  private static List<SampleRecord> samples(List<RowRecord> rows) {
    List<SampleRecord> samples = new ArrayList<>();
    for (RowRecord row : rows) {
      for (FaceRecord face : row.faces()) {
        SampleRecord sample = face.sample();
        if (sample != null) {
          samples.add(sample);
        }
      }
    }
    return samples;
  }

  /** Pairs of pictures and captions that wait until there are enough of them. */
  private final class Batch {
    private final float[] best;
    private final List<byte[]> pictures = new ArrayList<>();
    private final List<String> captions = new ArrayList<>();
    private final List<Integer> owners = new ArrayList<>();
    private int next;

    Batch(float[] best) {
      this.best = best;
      Arrays.fill(best, Float.NEGATIVE_INFINITY);
    }

    void add(Made made) {
      List<SampleRecord> samples = samples(made.record().rows());
      for (int i = 0; i < samples.size(); i++, next++) {
        for (String caption : trained.of(samples.get(i))) {
          pictures.add(made.pictures().get(i));
          captions.add(caption);
          owners.add(next);
          if (captions.size() == scorer.batch()) {
            finish();
          }
        }
      }
    }

    /** Asks for those that wait. */
    void finish() {
      if (captions.isEmpty()) {
        return;
      }
      double[] scores = scorer.score(List.copyOf(pictures), List.copyOf(captions));
      for (int i = 0; i < scores.length; i++) {
        int owner = owners.get(i);
        best[owner] = (float) Math.max(best[owner], scores[i]);
      }
      pictures.clear();
      captions.clear();
      owners.clear();
    }
  }
}
