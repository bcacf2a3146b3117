package dev.facet.prepare.convert;

import dev.facet.base.FacetException;
import dev.facet.base.Staged;
import dev.facet.loader.Datasets;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Row;
import dev.facet.loader.data.SplitName;
import dev.facet.loader.storage.Patience;
import dev.facet.prepare.source.PictureStates;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes any data that the loader reads in a form that other programs read, all splits of it, the
 * pictures byte by byte as they are. The folder appears whole or not at all.
 */
public final class Conversion {
  private static final Pattern SPLIT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

  /** Rows whose captions all hold the mark that stands for a picture. */
  private static final String IMAGE_MARK = "image_mark_in_caption";

  /** What other programs read. */
  public enum Form {
    /** Tars as img2dataset writes them. */
    WEBDATASET,
    /** Conversations beside pictures, as LLaVA and HumanVLM have them. */
    LLAVA
  }

  /**
   * What to do.
   *
   * @param source data to be read
   * @param out folder that is new or empty
   * @param samplesPerFile in a tar, or in a folder of pictures
   * @param prompt what is asked in conversations
   */
  public record Request(
      DataSource source, Path out, Form form, int samplesPerFile, String prompt) {}

  private final Request request;
  private final PictureStates words;
  private final LongConsumer progress;
  private final SortedMap<String, Long> splits = new TreeMap<>();
  private final SortedMap<String, Long> lost = new TreeMap<>();
  private long rows;
  private long samples;
  private long captions;

  private Conversion(Request request, LongConsumer progress) {
    this.request = request;
    this.words = new PictureStates(request.source.fields());
    this.progress = progress;
  }

  /**
   * Converts a data set.
   *
   * @param progress told the number of rows that are done
   * @throws FacetException if the output folder holds something, the data cannot be read, or no row
   *     of it can be used
   */
  public static ConversionCounts run(Request request, LongConsumer progress) throws IOException {
    refuseOccupied(request.out);
    return new Conversion(request, progress).run();
  }

  private static void refuseOccupied(Path out) throws IOException {
    if (!Files.exists(out)) {
      return;
    }
    if (Files.isDirectory(out)) {
      try (DirectoryStream<Path> content = Files.newDirectoryStream(out)) {
        if (!content.iterator().hasNext()) {
          return;
        }
      }
    }
    throw FacetException.usage(
        "the output folder " + out + " exists already: delete it or name another one");
  }

  private ConversionCounts run() throws IOException {
    Set<String> names = Datasets.splits(request.source).keySet();
    for (String name : names) {
      if (!SPLIT.matcher(name).matches()) {
        throw FacetException.usage(
            "the split '%s' of %s cannot name a file: use letters, digits, _ and -"
                .formatted(name, request.source.root()));
      }
    }
    try (Staged folder = Staged.directory(request.out)) {
      try (SampleFiles files = files(folder.path(), names)) {
        for (String split : names) {
          try (Dataset data = Datasets.open(request.source, split)) {
            files.begin(split);
            write(data, split, files);
            files.end();
          }
        }
      }
      if (samples == 0) {
        throw FacetException.run(
            "no row of %s can be used: %s; facet inspect tells more"
                .formatted(request.source.root(), lost));
      }
      folder.commit();
    }
    return new ConversionCounts(rows, samples, captions, splits, lost);
  }

  private SampleFiles files(Path folder, Set<String> splits) {
    return switch (request.form) {
      case WEBDATASET ->
          new WebdatasetFiles(
              folder, request.samplesPerFile, !splits.equals(Set.of(SplitName.TRAIN)));
      case LLAVA -> new LlavaFiles(folder, request.samplesPerFile, request.prompt);
    };
  }

  private void write(Dataset data, String split, SampleFiles files) throws IOException {
    Row row = new Row();
    for (int number = 0; number < data.chunkCount(); number++) {
      int chunk = number;
      Chunk open;
      try {
        open = Patience.sleeping().read(() -> data.open(chunk));
      } catch (IOException e) {
        lose(words.word(Reason.READ_ERROR), data.rowCount(chunk));
        continue;
      }
      try (open) {
        for (int i = 0; i < data.rowCount(chunk); i++) {
          int index = i;
          Sample sample = Patience.sleeping().read(() -> sample(open, index, row, split));
          if (sample != null) {
            add(sample, files);
          }
        }
      }
    }
  }

  /** A row; null if it cannot be used, which is counted. */
  private @Nullable Sample sample(Chunk chunk, int index, Row row, String split)
      throws IOException {
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

  private void add(Sample sample, SampleFiles files) throws IOException {
    int written = files.add(sample);
    if (written == 0) {
      lose(IMAGE_MARK, 1);
      return;
    }
    samples++;
    captions += written;
    splits.merge(sample.split(), 1L, Long::sum);
    progress.accept(++rows);
  }

  private void lose(String reason, int count) {
    lost.merge(reason, (long) count, Long::sum);
    rows += count;
    progress.accept(rows);
  }
}
