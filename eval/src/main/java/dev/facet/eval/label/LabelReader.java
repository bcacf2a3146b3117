package dev.facet.eval.label;

import dev.facet.base.EditDistance;
import dev.facet.base.FacetException;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Row;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Reads labels of a data set without its pictures. */
public final class LabelReader {
  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d{1,15}(\\.\\d{1,15})?");
  private static final int EXAMPLES = 5;

  private final Dataset dataset;
  private final int most;
  private final SequencedMap<String, Column> columns = new LinkedHashMap<>();
  private final TreeSet<String> there = new TreeSet<>();
  private int row;

  /** Values in the order in which they came. */
  private static final class Column {
    private final SequencedMap<String, Integer> values = new LinkedHashMap<>();
    private final int[] ofRow;

    Column(int rows) {
      ofRow = new int[rows];
      Arrays.fill(ofRow, Labels.NONE);
    }
  }

  private LabelReader(Dataset dataset, int most) {
    this.dataset = dataset;
    this.most = most;
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
    LabelReader reader = new LabelReader(dataset, most);
    int rows = Math.toIntExact(dataset.size());
    names.forEach(name -> reader.columns.put(name, new Column(rows)));
    for (int chunk = 0; chunk < dataset.chunkCount(); chunk++) {
      dataset.describe(chunk, reader::add);
    }
    return reader.columns.entrySet().stream()
        .map(each -> reader.labels(each.getKey(), each.getValue()))
        .toList();
  }

  private void add(Row from) {
    Map<String, String> labels = from.labels();
    there.addAll(labels.keySet());
    columns.forEach(
        (name, column) -> {
          String value = labels.getOrDefault(name, "").strip();
          if (!value.isEmpty()) {
            column.ofRow[row] = column.values.computeIfAbsent(value, v -> column.values.size());
            requireFew(name, column);
          }
        });
    row++;
  }

  private void requireFew(String name, Column column) {
    if (column.values.size() > most) {
      List<String> examples = column.values.sequencedKeySet().stream().limit(EXAMPLES).toList();
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "the label %s of %s has more than %,d values (%s, ...): take one that has few; numbers"
                  + " such as an age are to be put into ranges first, in a column of their own",
              name,
              dataset.name(),
              most,
              String.join(", ", examples)));
    }
  }

  private Labels labels(String name, Column column) {
    if (column.values.isEmpty()) {
      throw missing(name);
    }
    List<String> found = List.copyOf(column.values.sequencedKeySet());
    boolean numbers = found.stream().allMatch(value -> NUMBER.matcher(value).matches());
    Comparator<String> order =
        numbers ? Comparator.comparingDouble(Double::parseDouble) : Comparator.naturalOrder();
    List<String> values = found.stream().sorted(order.thenComparing(value -> value)).toList();
    int[] place = found.stream().mapToInt(values::indexOf).toArray();
    return new Labels(
        name,
        values,
        IntStream.of(column.ofRow).map(v -> v == Labels.NONE ? v : place[v]).toArray());
  }

  private FacetException missing(String name) {
    String nearest = EditDistance.nearest(name, there);
    String known =
        there.isEmpty() ? "its rows have no labels" : "its labels are " + String.join(", ", there);
    return FacetException.usage(
        ("no row of %s has a label %s%s; %s. A label is an entry of the column labels, or a column of"
                + " its own by that name")
            .formatted(
                dataset.name(),
                name,
                nearest == null ? "" : " (did you mean " + nearest + "?)",
                known));
  }
}
