package dev.facet.loader.vector;

import dev.facet.base.FacetException;
import dev.facet.loader.data.StoredVector;
import dev.facet.loader.parquet.Schema;
import dev.facet.loader.parquet.Values;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.parquet.format.Type;

/**
 * The column that holds vectors, found by its type: lists of numbers, bytes, or a column for each
 * number, {@code emb_0}, {@code emb_1} and so on.
 *
 * @param leaves the column, or those of its numbers in their order
 * @param element of which numbers vectors are made; never {@code AUTO}
 */
public record VectorColumn(List<Schema.Leaf> leaves, Element element) {
  /** So many columns, numbered from 0, are a vector. */
  private static final int FEWEST_NUMBERED = 8;

  private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d+)");

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /**
   * Finds it.
   *
   * @param wanted its name, or what the names of its numbers' columns begin with; empty for
   *     whichever it is
   * @param setting that names it where more than one could be it
   * @throws FacetException if there is none, or more than one could be it
   */
  public static VectorColumn of(
      Path file, Schema schema, String wanted, String setting, Element element) {
    List<Schema.Leaf> found =
        new OneColumn(file, schema, setting, "vectors (lists of numbers, or bytes)")
            .of(vectors(schema), wanted);
    return new VectorColumn(found, element(file, found.getFirst(), element));
  }

  /** Whether there are numbers that can be nothing else; bytes may as well be pictures. */
  public static boolean isIn(Schema schema) {
    return vectors(schema).values().stream()
        .map(List::getFirst)
        .anyMatch(leaf -> isReal(leaf) || leaf.maxRepetition() == 1);
  }

  /**
   * Adds what some slots of one of the columns hold to a vector. Any number of threads may ask at
   * once.
   *
   * @param end the first slot that is not asked for
   */
  public void add(Values values, int first, int end, StoredVector into) {
    if (values.adjoin(first, end)) {
      int last = end - 1;
      addSideBySide(values, first, values.at(last) + values.length(last) - values.at(first), into);
      return;
    }
    for (int slot = first; slot < end; slot++) {
      if (values.isNull(slot)) {
        into.setLacking();
      } else {
        addSideBySide(values, slot, values.length(slot), into);
      }
    }
  }

  /** Adds numbers that lie side by side, from a slot on. */
  private void addSideBySide(Values values, int slot, int bytes, StoredVector into) {
    int width = element.bytes();
    int count = bytes / width;
    if (count * width < bytes) {
      into.setLacking(); // a number that is cut
    }
    int place = into.expect(count);
    float[] numbers = into.numbers();
    MemorySegment memory = values.memory();
    long at = values.at(slot);
    switch (element) {
      case FLOAT32 -> MemorySegment.copy(memory, FLOAT, at, numbers, place, count);
      case FLOAT16 -> {
        for (int i = 0; i < count; i++) {
          numbers[place + i] = Float.float16ToFloat(memory.get(SHORT, at + 2L * i));
        }
      }
      case FLOAT64 -> {
        for (int i = 0; i < count; i++) {
          numbers[place + i] = (float) memory.get(DOUBLE, at + 8L * i);
        }
      }
      case AUTO -> throw new IllegalStateException("the column's numbers are not known");
    }
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

  private static Element element(Path file, Schema.Leaf leaf, Element wanted) {
    if (isReal(leaf)) {
      return leaf.type() == Type.FLOAT ? Element.FLOAT32 : Element.FLOAT64;
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
          ("column `%s` of %s holds vectors as %s: facet prepare makes shards of it where"
                  + " embeddings.element says float16, float32 or float64")
              .formatted(leaf.name(), file, how));
    }
    return wanted;
  }
}
