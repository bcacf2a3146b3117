package dev.facet.loader.shard;

import dev.facet.base.FacetException;
import dev.facet.loader.data.Row;
import dev.facet.loader.parquet.Schema;
import dev.facet.loader.parquet.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.apache.parquet.format.Type;

/**
 * Where the face box is: a list of four numbers in one column, four columns with a number each, or
 * a column of texts that hold JSON.
 *
 * @param columns one or four
 * @param type of their values
 * @param lists how deeply lists nest; of several boxes the first one counts
 */
record BoxColumns(int[] columns, Type type, int lists) {
  private static final int EDGES = 4;

  /** What the edges are called: left, top, right, bottom. */
  private static final List<List<String>> NAMES =
      List.of(
          List.of("x1", "y1", "x2", "y2"),
          List.of("left", "top", "right", "bottom"),
          List.of("xmin", "ymin", "xmax", "ymax"),
          List.of("x_min", "y_min", "x_max", "y_max"));

  /** Which of the leaves under a box column to read, in the order left, top, right, bottom. */
  static List<Schema.Leaf> pick(Path file, String name, List<Schema.Leaf> leaves) {
    if (leaves.size() == 1 && (leaves.getFirst().isBytes() || leaves.getFirst().isNumber())) {
      return leaves;
    }
    List<Schema.Leaf> numbers = leaves.stream().filter(Schema.Leaf::isNumber).toList();
    List<String> names =
        numbers.stream().map(leaf -> leaf.lastName().toLowerCase(Locale.ROOT)).toList();
    for (List<String> edges : NAMES) {
      if (names.containsAll(edges)) {
        List<Schema.Leaf> picked = new ArrayList<>();
        edges.forEach(edge -> picked.add(numbers.get(names.indexOf(edge))));
        return ofOneType(picked) ? picked : refuse(file, name, leaves);
      }
    }
    // Width and height would pass for the right and the bottom edge.
    boolean sized = names.stream().anyMatch(edge -> edge.startsWith("w") || edge.startsWith("h"));
    return numbers.size() == EDGES && leaves.size() == EDGES && !sized && ofOneType(numbers)
        ? numbers
        : refuse(file, name, leaves);
  }

  private static boolean ofOneType(List<Schema.Leaf> leaves) {
    return leaves.stream().map(Schema.Leaf::type).distinct().count() == 1;
  }

  private static List<Schema.Leaf> refuse(Path file, String name, List<Schema.Leaf> leaves) {
    throw FacetException.usage(
        ("column `%s` of %s is no box: %s are not four numbers x1, y1, x2, y2 of one type, nor a"
                + " list or a text of them; set data.columns.box to another column, or to [] for"
                + " none")
            .formatted(name, file, leaves.stream().map(Schema.Leaf::name).toList()));
  }

  /** Gives a row its box, if it has one. */
  void read(RowGroup group, int r, Row row) {
    if (columns.length == EDGES) {
      readFields(group, r, row);
    } else if (type == Type.BYTE_ARRAY) {
      readText(group.column(columns[0]), r, row);
    } else {
      readList(group.column(columns[0]), r, row);
    }
  }

  private void readFields(RowGroup group, int r, Row row) {
    int there = 0;
    for (int column : columns) {
      Values edge = group.column(column);
      there += edge.isNull(edge.first(r)) ? 0 : 1;
    }
    if (there == EDGES) {
      row.box(edge(group, 0, r), edge(group, 1, r), edge(group, 2, r), edge(group, 3, r));
    } else if (there > 0) {
      row.badBox("with " + (EDGES - there) + " of its edges missing");
    }
  }

  private double edge(RowGroup group, int k, int r) {
    Values edge = group.column(columns[k]);
    return edge.number(edge.first(r), type);
  }

  private void readList(Values edges, int r, Row row) {
    int first = edges.first(r);
    int count = edges.end(r) - first;
    if (count == 1 && edges.isNull(first)) {
      return; // no list, or an empty one
    }
    boolean four = count == EDGES || (lists > 1 && count > EDGES);
    for (int k = 0; four && k < EDGES; k++) {
      four = !edges.isNull(first + k);
    }
    if (four) {
      row.box(
          edges.number(first, type),
          edges.number(first + 1, type),
          edges.number(first + 2, type),
          edges.number(first + 3, type));
    } else {
      row.badBox(written(edges, first, count));
    }
  }

  private String written(Values edges, int first, int count) {
    StringJoiner all = new StringJoiner(", ", "[", "]");
    for (int slot = first; slot < first + Math.min(count, 10); slot++) {
      all.add(edges.isNull(slot) ? "null" : edges.text(slot, type));
    }
    return all.toString();
  }

  private void readText(Values texts, int r, Row row) {
    int slot = texts.first(r);
    while (slot + 1 < texts.end(r) && texts.isNull(slot)) {
      slot++;
    }
    if (!texts.isNull(slot)) {
      BoxText.read(texts.memory(), texts.at(slot), texts.length(slot), row);
    }
  }
}
