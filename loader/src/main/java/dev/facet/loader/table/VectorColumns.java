package dev.facet.loader.table;

import dev.facet.base.FacetException;
import dev.facet.loader.parquet.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.parquet.format.Type;

/**
 * The columns of a table of vectors, found by their types: one of texts or whole numbers that names
 * rows, and one of vectors, which may also be a column for each number, {@code emb_0}, {@code
 * emb_1} and so on.
 *
 * @param vector its column, or those of its numbers in their order
 */
record VectorColumns(Schema.Leaf id, List<Schema.Leaf> vector, Element element) {
  /** So many columns, numbered from 0, are a vector. */
  private static final int FEWEST_NUMBERED = 8;

  /** Where several columns could be the id, one of these names decides. */
  private static final List<String> IDS = List.of("_id", "id", "image_id", "key");

  private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d+)");

  /**
   * Finds them.
   *
   * @param id name of the column; empty for whichever it is
   * @param vector name of the column, or what the names of its numbers' columns begin with; empty
   *     for whichever it is
   * @throws FacetException if there is none, or more than one could be it
   */
  static VectorColumns of(Path file, Schema schema, String id, String vector, Element element) {
    Map<String, List<Schema.Leaf>> vectors = vectors(schema);
    List<Schema.Leaf> found =
        one(file, schema, vectors, vector, "embedding", "vectors (lists of numbers, or bytes)");
    Map<String, List<Schema.Leaf>> ids = ids(schema);
    found.forEach(leaf -> ids.remove(leaf.name()));
    List<String> usual = IDS.stream().filter(ids::containsKey).toList();
    String wanted = id.isEmpty() && usual.size() == 1 ? usual.getFirst() : id;
    Schema.Leaf itsId =
        one(file, schema, ids, wanted, "id", "ids (texts or whole numbers)").getFirst();
    return new VectorColumns(itsId, found, element(file, found.getFirst(), element));
  }

  /** The columns to read; the id is the last. */
  List<Schema.Leaf> all() {
    List<Schema.Leaf> all = new ArrayList<>(vector);
    all.add(id);
    return all;
  }

  private static Map<String, List<Schema.Leaf>> vectors(Schema schema) {
    Map<String, List<Schema.Leaf>> found = new TreeMap<>();
    Map<String, TreeMap<Integer, Schema.Leaf>> numbered = new TreeMap<>();
    for (Schema.Leaf leaf : schema.leaves()) {
      Matcher name = NUMBERED.matcher(leaf.name());
      if (isVector(leaf)) {
        found.put(leaf.name(), List.of(leaf));
      } else if (leaf.maxRepetition() == 0 && isReal(leaf) && name.matches()) {
        numbered
            .computeIfAbsent(name.group(1), _ -> new TreeMap<>())
            .put(Integer.parseInt(name.group(2)), leaf);
      }
    }
    numbered.forEach(
        (prefix, columns) -> {
          boolean whole = columns.firstKey() == 0 && columns.lastKey() == columns.size() - 1;
          if (whole && columns.size() >= FEWEST_NUMBERED) {
            found.put(prefix, List.copyOf(columns.values()));
          }
        });
    return found;
  }

  private static boolean isVector(Schema.Leaf leaf) {
    boolean half = leaf.type() == Type.FIXED_LEN_BYTE_ARRAY && leaf.width() == Float.BYTES / 2;
    return switch (leaf.maxRepetition()) {
      case 0 -> isBytes(leaf);
      case 1 -> isReal(leaf) || half;
      default -> false;
    };
  }

  private static boolean isBytes(Schema.Leaf leaf) {
    return leaf.type() == Type.FIXED_LEN_BYTE_ARRAY
        ? leaf.width() >= FEWEST_NUMBERED * 2
        : leaf.isBytes() && !leaf.text();
  }

  private static boolean isReal(Schema.Leaf leaf) {
    return leaf.type() == Type.FLOAT || leaf.type() == Type.DOUBLE;
  }

  private static Map<String, List<Schema.Leaf>> ids(Schema schema) {
    Map<String, List<Schema.Leaf>> found = new TreeMap<>();
    for (Schema.Leaf leaf : schema.leaves()) {
      boolean whole = leaf.type() == Type.INT32 || leaf.type() == Type.INT64;
      if (leaf.maxRepetition() == 0 && (leaf.isBytes() || whole)) {
        found.put(leaf.name(), List.of(leaf));
      }
    }
    return found;
  }

  private static List<Schema.Leaf> one(
      Path file,
      Schema schema,
      Map<String, List<Schema.Leaf>> candidates,
      String wanted,
      String key,
      String what) {
    if (!wanted.isEmpty()) {
      List<Schema.Leaf> found = candidates.get(wanted);
      if (found != null) {
        return found;
      }
      throw FacetException.usage(
          "%s has no column `%s` with %s; it has %s: set embeddings.%s to another one"
              .formatted(file, wanted, what, schema.columns(), key));
    }
    if (candidates.size() == 1) {
      return candidates.values().iterator().next();
    }
    throw FacetException.usage(
        candidates.isEmpty()
            ? "%s has no column with %s; it has %s".formatted(file, what, schema.columns())
            : "%s has several columns with %s: set embeddings.%s to one of %s"
                .formatted(file, what, key, String.join(", ", candidates.keySet())));
  }

  private static Element element(Path file, Schema.Leaf leaf, Element wanted) {
    if (isReal(leaf)) {
      return Element.AUTO;
    }
    if (leaf.maxRepetition() == 1) {
      return Element.FLOAT16;
    }
    if (wanted == Element.AUTO) {
      String how =
          leaf.width() == 0
              ? "bytes"
              : String.format(
                  Locale.ROOT,
                  "%d bytes, %d numbers of 2 bytes or %d of 4",
                  leaf.width(),
                  leaf.width() / 2,
                  leaf.width() / 4);
      throw FacetException.usage(
          ("column `%s` of %s holds vectors as %s: set embeddings.element to float16, float32 or"
                  + " float64")
              .formatted(leaf.name(), file, how));
    }
    return wanted;
  }
}
