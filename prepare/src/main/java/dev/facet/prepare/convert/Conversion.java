package dev.facet.prepare.convert;

import dev.facet.base.FacetException;
import dev.facet.loader.Datasets;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Dataset;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/**
 * Writes any data that the loader reads in a form that other programs read, all splits of it, the
 * pictures byte by byte as they are. The folder appears whole or not at all.
 */
public final class Conversion {
  private static final Pattern SPLIT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

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

  private Conversion() {}

  /**
   * Converts a data set. A process that is killed is followed by one that goes on behind the last
   * file that was finished, with the same result.
   *
   * @param progress told the number of rows that are done
   * @throws FacetException if the output folder holds something, the data cannot be read, or no row
   *     of it can be used
   */
  public static ConversionCounts run(Request request, LongConsumer progress) throws IOException {
    refuseOccupied(request.out);
    SortedSet<String> splits = new TreeSet<>(Datasets.splits(request.source).keySet());
    for (String name : splits) {
      if (!SPLIT.matcher(name).matches()) {
        throw FacetException.usage(
            "the split '%s' of %s cannot name a file: use letters, digits, _ and -"
                .formatted(name, request.source.root()));
      }
    }
    try (UnfinishedFolder folder = UnfinishedFolder.take(request.out)) {
      Standing standing = folder.standing(what(request, splits));
      ConversionCounts counts;
      try (SampleFiles files = files(request, folder, splits)) {
        counts =
            new Converter(request, List.copyOf(splits), files, folder, progress).from(standing);
        if (counts.samples() > 0) {
          files.finish();
        }
      }
      if (counts.samples() == 0) {
        folder.discard();
        throw FacetException.run(
            "no row of %s can be used: %s; facet inspect tells more"
                .formatted(request.source.root(), counts.lost()));
      }
      folder.finish();
      return counts;
    }
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

  /** All that the result follows from. */
  private static String what(Request request, SortedSet<String> splits) throws IOException {
    StringBuilder what = new StringBuilder();
    what.append(request.source)
        .append(request.form)
        .append(request.samplesPerFile)
        .append(request.prompt);
    for (String split : splits) {
      try (Dataset data = Datasets.open(request.source, split)) {
        what.append(split).append(data.layout());
      }
    }
    return what.toString();
  }

  private static SampleFiles files(
      Request request, UnfinishedFolder folder, SortedSet<String> splits) {
    Path content = folder.content();
    return switch (request.form) {
      case WEBDATASET -> new WebdatasetFiles(content, splits, request.samplesPerFile);
      case LLAVA ->
          new LlavaFiles(content, folder.scratch(), splits, request.samplesPerFile, request.prompt);
    };
  }
}
