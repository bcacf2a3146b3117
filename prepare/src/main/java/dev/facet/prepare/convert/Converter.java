package dev.facet.prepare.convert;

import dev.facet.loader.Datasets;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Row;
import dev.facet.loader.storage.Patience;
import dev.facet.prepare.source.PictureStates;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Takes rows from data to files, and counts what becomes of them. For one use. */
final class Converter {
  /** Rows whose captions all hold the mark that stands for a picture. */
  private static final String IMAGE_MARK = "image_mark_in_caption";

  private final Conversion.Request request;
  private final List<String> names;
  private final SampleFiles files;
  private final UnfinishedFolder folder;
  private final LongConsumer progress;
  private final PictureStates words;
  private final Row row = new Row();
  private final SortedMap<String, Long> splits = new TreeMap<>();
  private final SortedMap<String, Long> lost = new TreeMap<>();
  private long rows;
  private long samples;
  private long captions;
  private String what = "";
  private int ended;
  private int inFile;

  /**
   * @param names of the splits, in their order
   * @param folder that keeps how far it is, after each file
   */
  Converter(
      Conversion.Request request,
      List<String> names,
      SampleFiles files,
      UnfinishedFolder folder,
      LongConsumer progress) {
    this.request = request;
    this.names = names;
    this.files = files;
    this.folder = folder;
    this.progress = progress;
    this.words = new PictureStates(request.source().fields());
  }

  /**
   * Takes all rows from a place on.
   *
   * @return the counts of all rows, those before that place included
   */
  ConversionCounts from(Standing standing) throws IOException {
    ConversionCounts before = standing.counts();
    splits.putAll(before.splits());
    lost.putAll(before.lost());
    rows = before.rows();
    samples = before.samples();
    captions = before.captions();
    ended = standing.files();
    what = standing.what();
    files.forget(ended);
    for (int split = standing.split(); split < names.size(); split++) {
      boolean within = split == standing.split();
      try (Dataset data = Datasets.open(request.source(), names.get(split))) {
        for (int chunk = within ? standing.chunk() : 0; chunk < data.chunkCount(); chunk++) {
          copy(data, split, chunk, within && chunk == standing.chunk() ? standing.row() : 0);
        }
      }
      if (inFile > 0) {
        end(split + 1, 0, 0);
      }
    }
    return counts();
  }

  private void copy(Dataset data, int split, int chunk, int first) throws IOException {
    Chunk open;
    try {
      open = Patience.sleeping().read(() -> data.open(chunk));
    } catch (IOException e) {
      lose(words.word(Reason.READ_ERROR), data.rowCount(chunk) - first);
      return;
    }
    try (open) {
      for (int i = first; i < data.rowCount(chunk); i++) {
        int index = i;
        Sample sample = Patience.sleeping().read(() -> sample(open, index, names.get(split)));
        if (sample != null) {
          add(sample);
        }
        if (inFile == request.samplesPerFile()) {
          end(split, chunk, i + 1);
        }
      }
    }
  }

  /** A row; null if it cannot be used, which is counted. */
  private @Nullable Sample sample(Chunk chunk, int index, String split) throws IOException {
    row.clear();
    try {
      chunk.read(index, row);
      row.check();
      return Sample.of(row, split);
    } catch (BadSampleException e) {
      lose(words.word(e.reason()), 1);
      return null;
    }
  }

  private void add(Sample sample) throws IOException {
    List<String> written = files.usable(sample.captions());
    if (written.isEmpty()) {
      lose(IMAGE_MARK, 1);
      return;
    }
    if (inFile == 0) {
      files.begin(sample.split(), ended);
    }
    files.add(sample, written, inFile);
    inFile++;
    samples++;
    captions += written.size();
    splits.merge(sample.split(), 1L, Long::sum);
    progress.accept(++rows);
  }

  private void lose(String reason, int count) {
    lost.merge(reason, (long) count, Long::sum);
    rows += count;
    progress.accept(rows);
  }

  private void end(int split, int chunk, int row) throws IOException {
    files.end(inFile);
    ended++;
    inFile = 0;
    folder.keep(new Standing(what, ended, split, chunk, row, counts()));
  }

  private ConversionCounts counts() {
    return new ConversionCounts(
        rows, samples, captions, new TreeMap<>(splits), new TreeMap<>(lost));
  }
}
