package dev.facet.loader.picture;

import dev.facet.augment.memory.NativeMemory;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.Row;
import dev.facet.loader.data.StoredVector;
import dev.facet.loader.data.XxHash64;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;

/** The way from a row with a stored vector to what a model sees of it. */
public final class VectorMaker {
  private final VectorSettings settings;

  public VectorMaker(VectorSettings settings) {
    this.settings = settings;
  }

  /**
   * Writes a row's vector, which is scaled in its place.
   *
   * @param address where its float32 numbers go
   * @return tells vectors apart, in all 64 bits: the same numbers are the same picture
   * @throws BadSampleException BAD_VECTOR for another width, a vector of zeros, or numbers that are
   *     not finite
   */
  public long write(Row row, long address) throws BadSampleException {
    float scale = scale(row);
    float[] numbers = row.vector().numbers();
    int width = settings.width();
    if (scale != 1) {
      for (int i = 0; i < width; i++) {
        numbers[i] *= scale;
      }
    }
    MemorySegment.copy(numbers, 0, NativeMemory.ALL, ValueLayout.JAVA_FLOAT, address, width);
    return XxHash64.of(NativeMemory.ALL, address, Float.BYTES * width);
  }

  /**
   * What a row's numbers are multiplied by, if it can be used.
   *
   * @throws BadSampleException as {@link #write}
   */
  public float scale(Row row) throws BadSampleException {
    StoredVector vector = row.vector();
    if (vector.count() != settings.width()) {
      throw bad(
          row,
          String.format(
              Locale.ROOT, "%d numbers where all have %d", vector.count(), settings.width()));
    }
    double squares = 0;
    for (int i = 0; i < vector.count(); i++) {
      squares += (double) vector.numbers()[i] * vector.numbers()[i];
    }
    if (!Double.isFinite(squares)) {
      throw bad(row, "numbers that are not finite");
    }
    if (squares == 0) {
      throw bad(row, "zeros alone, which point nowhere");
    }
    return settings.normalise() ? (float) (1 / Math.sqrt(squares)) : 1;
  }

  private static BadSampleException bad(Row row, String what) {
    return new BadSampleException(Reason.BAD_VECTOR, "the vector of " + row.id() + " has " + what);
  }
}
