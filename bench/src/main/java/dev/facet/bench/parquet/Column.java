package dev.facet.bench.parquet;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The values of one column of a row group, on the heap: row r has those from {@link #first} on. */
final class Column {
  private int[] first = new int[256];
  private @Nullable MemorySegment[] texts = new @Nullable MemorySegment[256];
  private double[] numbers = new double[0];
  private int rows;
  private int values;

  /** What is added from now on belongs to the next row. */
  void startRow() {
    if (rows == first.length) {
      first = Arrays.copyOf(first, 2 * rows);
    }
    first[rows++] = values;
  }

  /** One value more of the row; null where it has none. */
  void add(@Nullable MemorySegment text) {
    if (values == texts.length) {
      texts = Arrays.copyOf(texts, 2 * values);
    }
    texts[values++] = text;
  }

  /** One number more of the row. */
  void add(double number) {
    if (values >= numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.max(1024, 2 * values));
    }
    numbers[values++] = number;
  }

  /** Refuses a column that does not hold the rows promised. */
  Column of(int promised) throws IOException {
    if (rows != promised) {
      throw new IOException(
          String.format(Locale.ROOT, "a column has %d rows where %d are promised", rows, promised));
    }
    return this;
  }

  int first(int row) {
    return first[row];
  }

  int end(int row) {
    return row + 1 < rows ? first[row + 1] : values;
  }

  /** The bytes of a value; null where there is none. */
  @Nullable MemorySegment text(int value) {
    return texts[value];
  }

  double number(int value) {
    return numbers[value];
  }
}
