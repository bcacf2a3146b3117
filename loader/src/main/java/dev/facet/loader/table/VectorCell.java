package dev.facet.loader.table;

import dev.facet.loader.parquet.Schema;
import dev.facet.loader.parquet.Values;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.format.Type;

/** Collects the numbers of a row's vector. */
final class VectorCell implements ColumnCursor.Slots {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Type type;
  private final Element element;
  private float[] numbers = new float[256];
  private int count;
  private boolean lacks;

  VectorCell(Schema.Leaf leaf, Element element) {
    this.type = leaf.type();
    this.element = element;
  }

  void begin() {
    count = 0;
    lacks = false;
  }

  /** Whether there is no vector, or a number of it is missing. */
  boolean lacks() {
    return lacks;
  }

  float[] numbers() {
    return numbers;
  }

  int count() {
    return count;
  }

  @Override
  public void slot(Values values, int slot) {
    if (values.isNull(slot)) {
      lacks = true;
      return;
    }
    if (type == Type.FLOAT || type == Type.DOUBLE) {
      add((float) values.number(slot, type));
      return;
    }
    MemorySegment memory = values.memory();
    long end = (long) values.at(slot) + values.length(slot);
    int width = width(element);
    long at = values.at(slot);
    for (; at + width <= end; at += width) {
      add(
          switch (element) {
            case FLOAT16 -> Float.float16ToFloat(memory.get(SHORT, at));
            case FLOAT32, AUTO -> Float.intBitsToFloat(memory.get(INT, at));
            case FLOAT64 -> (float) memory.get(DOUBLE, at);
          });
    }
    lacks |= at < end; // a number that is cut
  }

  /** Bytes of a number. */
  static int width(Element element) {
    return switch (element) {
      case FLOAT16 -> 2;
      case FLOAT32, AUTO -> 4;
      case FLOAT64 -> 8;
    };
  }

  private void add(float number) {
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * count);
    }
    numbers[count++] = number;
  }
}
