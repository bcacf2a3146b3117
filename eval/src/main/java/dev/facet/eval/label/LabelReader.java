package dev.facet.eval.label;

import dev.facet.base.FacetException;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Row;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads labels of a data set without its pictures. */
public final class LabelReader {
  private final LabelColumns columns;
  private final SortedSet<String> there = new TreeSet<>();
  private int row;

  private LabelReader(LabelColumns columns) {
    this.columns = columns;
  }

  /**
   * Reads labels of all rows. A blank one is none.
   *
   * @param names of labels: those in the column {@code labels}, or fields of their own that the
   *     data set was opened with
   * @param most values that a label may have
   * @throws FacetException if no row has one of the labels, or one has more values
   */
  public static List<Labels> read(Dataset dataset, Collection<String> names, int most)
      throws IOException {
    int rows = Math.toIntExact(dataset.size());
    LabelReader reader = new LabelReader(new LabelColumns(dataset.name(), names, rows, most));
    for (int chunk = 0; chunk < dataset.chunkCount(); chunk++) {
      dataset.describe(chunk, reader::add);
    }
    return reader.columns.labels(reader.there);
  }

  /** The ids of all rows. */
  public static String[] ids(Dataset dataset) throws IOException {
    String[] ids = new String[Math.toIntExact(dataset.size())];
    int[] row = {0};
    for (int chunk = 0; chunk < dataset.chunkCount(); chunk++) {
      dataset.describe(chunk, from -> ids[row[0]++] = from.id());
    }
    return ids;
  }

  private void add(Row from) {
    Map<String, String> labels = from.labels();
    there.addAll(labels.keySet());
    for (String name : columns.names()) {
      columns.add(row, name, labels.getOrDefault(name, ""));
    }
    row++;
  }
}
