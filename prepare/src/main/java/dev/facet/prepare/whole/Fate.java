package dev.facet.prepare.whole;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What becomes of a sample in the end. */
enum Fate {
  TRAIN(Side.TRAIN),
  VALIDATION(Side.VALIDATION),
  TEST(Side.TEST),
  /** The same photo, or a copy of it, comes earlier. */
  DUPLICATE(null),
  /** It is a copy of a photo that was held out before, and would have been trained on. */
  SPLIT_CONFLICT(null),
  /** A copy of it was taken down. */
  TAKEN_DOWN(null),
  /** Its caption occurs too often. */
  CAPTION_REPEATED(null),
  /** None of its captions fits its picture. */
  DISSIMILAR(null);

  private final @Nullable Side side;

  Fate(@Nullable Side side) {
    this.side = side;
  }

  /** Kept, on a side. */
  static Fate on(Side side) {
    return switch (side) {
      case TRAIN -> TRAIN;
      case VALIDATION -> VALIDATION;
      case TEST -> TEST;
    };
  }

  boolean isKept() {
    return side != null;
  }

  /** The split of what is kept. */
  String split() {
    return Objects.requireNonNull(side).split();
  }

  /** Whether a word says what became of a sample that was made, not why none was. */
  static boolean isSaidBy(String word) {
    return Arrays.stream(values())
        .anyMatch(fate -> word.equals(fate.isKept() ? fate.split() : fate.reason()));
  }

  /** The word that a loss is counted by. */
  String reason() {
    return name().toLowerCase(Locale.ROOT);
  }
}
