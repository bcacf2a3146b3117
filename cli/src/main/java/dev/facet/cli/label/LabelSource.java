package dev.facet.cli.label;

import dev.facet.eval.label.LabelFile;
import dev.facet.eval.label.LabelReader;
import dev.facet.eval.label.Labels;
import dev.facet.loader.data.Dataset;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Where labels of pictures are read. */
public sealed interface LabelSource {
  /**
   * Reads labels of all rows.
   *
   * @param most values that a label may have
   */
  List<Labels> read(Collection<String> names, int most) throws IOException;

  /** The data itself, which was opened with the fields that are asked for as labels. */
  record OfData(Dataset data) implements LabelSource {
    @Override
    public List<Labels> read(Collection<String> names, int most) throws IOException {
      return LabelReader.read(data, names, most);
    }
  }

  /**
   * A file of labels.
   *
   * @param ids of the rows of the data
   * @param messages gets a line of how many rows have labels
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record OfFile(Path file, String[] ids, PrintWriter messages) implements LabelSource {
    @Override
    public List<Labels> read(Collection<String> names, int most) throws IOException {
      LabelFile.Found found = LabelFile.read(file, ids, names, most);
      messages.println(
          String.format(
              Locale.ROOT, "labels: %,d of %,d rows are in %s", found.joined(), ids.length, file));
      return found.labels();
    }
  }
}
