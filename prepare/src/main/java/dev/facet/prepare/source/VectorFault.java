package dev.facet.prepare.source;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a vector cannot be used; counted by the lower-case name. */
public enum VectorFault {
  /** Its row has no id. */
  NO_ID,
  /** There is none, or a number of it is missing. */
  EMBEDDING_NULL,
  /** It has another number of numbers than the others. */
  EMBEDDING_WIDTH,
  /** A number of it is none. */
  EMBEDDING_NAN,
  /** A number of it is infinite, or was too large for a float. */
  EMBEDDING_INFINITE,
  /** All its numbers are zero, so that it has no direction. */
  EMBEDDING_ZERO;

  /** As reports have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What is wrong with a row; null if nothing is. */
  static @Nullable VectorFault of(String id, float @Nullable [] vector, int width, int wanted) {
    if (vector == null) {
      return EMBEDDING_NULL;
    }
    if (width != wanted) {
      return EMBEDDING_WIDTH;
    }
    boolean infinite = false;
    boolean zero = true;
    for (int i = 0; i < width; i++) {
      if (Float.isNaN(vector[i])) {
        return EMBEDDING_NAN;
      }
      infinite |= Float.isInfinite(vector[i]);
      zero &= vector[i] == 0;
    }
    if (infinite) {
      return EMBEDDING_INFINITE;
    }
    if (zero) {
      return EMBEDDING_ZERO;
    }
    return id.isBlank() ? NO_ID : null;
  }
}
