package dev.facet.prepare.plan;

/** A row's place in the whole as one number: its file in the upper 24 bits, its row in the rest. */
public final class Ordinal {
  private static final int ROW_BITS = 40;

  private Ordinal() {}

  /** Of row {@code number} in file {@code file}, both from 0. */
  public static long of(int file, long number) {
    if (file < 0 || file >= 1 << 23 || number < 0 || number >= 1L << ROW_BITS) {
      throw new IllegalArgumentException("no place for row " + number + " of file " + file);
    }
    return ((long) file << ROW_BITS) | number;
  }

  /** Number of the file. */
  public static int file(long ordinal) {
    return (int) (ordinal >>> ROW_BITS);
  }

  /** Number of the row in its file. */
  public static long row(long ordinal) {
    return ordinal & ((1L << ROW_BITS) - 1);
  }
}
