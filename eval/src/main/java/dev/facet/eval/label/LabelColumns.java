package dev.facet.eval.label;

import dev.facet.base.EditDistance;
import dev.facet.base.FacetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.stream.IntStream;

/** Labels as they come, row by row. */
final class LabelColumns {
  private static final int EXAMPLES = 5;

  private final String where;
  private final int most;
  private final SequencedMap<String, Column> columns = new LinkedHashMap<>();

  /** Values in the order in which they came. */
  private static final class Column {
    private final SequencedMap<String, Integer> values = new LinkedHashMap<>();
    private final int[] ofRow;

    Column(int rows) {
      ofRow = new int[rows];
      Arrays.fill(ofRow, Labels.NONE);
    }
  }

  /**
   * @param where they stand, for messages
   * @param most values that one may have
   */
  LabelColumns(String where, Collection<String> names, int rows, int most) {
    this.where = where;
    this.most = most;
    names.forEach(name -> columns.put(name, new Column(rows)));
  }

  /** The names that are looked for. */
  Collection<String> names() {
    return columns.sequencedKeySet();
  }

  /** Takes a value of a row; a blank one is none. */
  void add(int row, String name, String written) {
    Column column = columns.get(name);
    String value = written.strip();
    if (column != null && !value.isEmpty()) {
      column.ofRow[row] = column.values.computeIfAbsent(value, v -> column.values.size());
      requireFew(name, column);
    }
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
              where,
              most,
              String.join(", ", examples)));
    }
  }

  /**
   * All of them.
   *
   * @param there the names that rows have
   * @throws FacetException naming every one that no row has
   */
  List<Labels> labels(SortedSet<String> there) {
    List<String> missing = new ArrayList<>();
    columns.forEach(
        (name, column) -> {
          if (column.values.isEmpty()) {
            missing.add(name);
          }
        });
    if (!missing.isEmpty()) {
      throw missing(missing, there);
    }
    return columns.entrySet().stream().map(each -> labels(each.getKey(), each.getValue())).toList();
  }

  private static Labels labels(String name, Column column) {
    List<String> found = List.copyOf(column.values.sequencedKeySet());
    boolean numbers = found.stream().allMatch(Labels::isNumber);
    Comparator<String> order =
        numbers ? Comparator.comparingDouble(Double::parseDouble) : Comparator.naturalOrder();
    List<String> values = found.stream().sorted(order.thenComparing(value -> value)).toList();
    int[] place = found.stream().mapToInt(values::indexOf).toArray();
    return new Labels(
        name,
        values,
        IntStream.of(column.ofRow).map(v -> v == Labels.NONE ? v : place[v]).toArray());
  }

  private FacetException missing(List<String> names, SortedSet<String> there) {
    String nearest =
        there.contains(names.getFirst()) ? null : EditDistance.nearest(names.getFirst(), there);
    String known =
        there.isEmpty() ? "its rows have no labels" : "its labels are " + String.join(", ", there);
    return FacetException.usage(
        ("no row of %s has a label %s%s; %s. A label is an entry of the column labels, or a column of"
                + " its own by that name")
            .formatted(
                where,
                String.join(", ", names),
                nearest == null ? "" : " (did you mean " + nearest + "?)",
                known));
  }
}
