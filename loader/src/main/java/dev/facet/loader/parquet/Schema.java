package dev.facet.loader.parquet;

import java.util.List;
import org.apache.parquet.format.Type;

/**
 * What columns a file has.
 *
 * @param leaves the columns that hold values, in the order of the file
 * @param columns names at the top, for messages
 */
public record Schema(List<Leaf> leaves, List<String> columns) {
  /**
   * A column that holds values.
   *
   * @param number among the leaves
   * @param path of the file, with the levels that lists and maps add
   * @param names without those levels, whatever the writer called them
   * @param width of a value of fixed length, in bytes
   * @param text whether its bytes are said to be characters
   */
  public record Leaf(
      int number,
      List<String> path,
      List<String> names,
      Type type,
      int width,
      int maxDefinition,
      int maxRepetition,
      boolean text) {

    public String name() {
      return String.join(".", names);
    }

    /** The innermost name. */
    public String lastName() {
      return names.getLast();
    }

    public boolean isBytes() {
      return type == Type.BYTE_ARRAY;
    }

    public boolean isNumber() {
      return switch (type) {
        case INT32, INT64, FLOAT, DOUBLE -> true;
        case BOOLEAN, INT96, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> false;
      };
    }
  }

  /** The leaves of a column, or of a field of a structure: {@code image}, {@code image.bytes}. */
  public List<Leaf> under(String name) {
    // A column may have a dot in its own name.
    List<String> names = columns.contains(name) ? List.of(name) : List.of(name.split("\\.", -1));
    return leaves.stream()
        .filter(leaf -> leaf.names.size() >= names.size())
        .filter(leaf -> leaf.names.subList(0, names.size()).equals(names))
        .toList();
  }

  /** The leaves under the first of some names that is there; none if none is. */
  public List<Leaf> underFirst(List<String> names) {
    return names.stream()
        .map(this::under)
        .filter(there -> !there.isEmpty())
        .findFirst()
        .orElse(List.of());
  }
}
