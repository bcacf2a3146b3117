package dev.facet.loader.decode;

import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.header.TiffFax;
import dev.facet.loader.header.TiffPart;
import java.util.Arrays;

/**
 * Rows of black and white as fax machines send them (ITU-T T.4 and T.6; in TIFF: TIFF 6.0
 * specification, sections 10 and 11). Strict: a code there is none of, runs that do not add up to a
 * row, an end before the last row are damage, where the usual readers go on with white. Ends of
 * rows (EOL) may be on whole bytes or not, before the first row or not, or be left out.
 */
final class FaxRows {
  private static final int END_OF_ROW = 11; // as many zeros at least, then a one
  private static final int NO_CODE = Integer.MIN_VALUE / 2;

  private final EncodedImage image;
  private final TiffFax fax;
  private final int columns;
  private final long end;
  private long at; // in bits

  /** Where the colour changes, first to black: of the row before and of this one. */
  private int[] above;

  private int[] changes;
  private int count;

  FaxRows(EncodedImage image, TiffFax fax, TiffPart part) {
    this.image = image;
    this.fax = fax;
    this.columns = part.width();
    this.at = 8L * part.from();
    this.end = 8L * (part.from() + part.length());
    this.above = new int[columns + 4];
    this.changes = new int[columns + 4];
    Arrays.fill(changes, columns);
  }

  /**
   * Reads the next row.
   *
   * @param samples where its pixels go, 0 for white and 1 for black
   * @return false if it is damaged or not there
   */
  boolean next(int[] samples) {
    int[] last = changes;
    changes = above;
    above = last;
    count = 0;
    if (!row() || at > end) {
      return false;
    }
    Arrays.fill(changes, count, changes.length, columns);
    int from = 0;
    for (int i = 0; from < columns; i++) {
      Arrays.fill(samples, from, changes[i], i & 1);
      from = changes[i];
    }
    return true;
  }

  /**
   * Whether nothing but an end follows, after the last row. Damage that makes another row of one
   * shows here: in group 4 all later rows come from it.
   */
  boolean ended() {
    return fax.group() != TiffFax.GROUP4 || peek(END_OF_ROW) == 0 || end - at < 8;
  }

  private boolean row() {
    return switch (fax.group()) {
      case TiffFax.RUNS -> {
        at = (at + 7) & ~7L;
        yield runs();
      }
      case TiffFax.GROUP3 -> {
        boolean marked = skipEndOfRow();
        boolean alone = !fax.twoDimensional() || (marked && bit());
        yield alone ? runs() : marked && differences();
      }
      default -> differences();
    };
  }

  /** Goes past the mark between two rows and the zeros it may be filled up with. */
  private boolean skipEndOfRow() {
    if (peek(END_OF_ROW) != 0) {
      return false;
    }
    at += END_OF_ROW;
    while (at < end && !bit()) {
      // No row begins like this.
    }
    return true;
  }

  /** A row on its own: white and black in turn. */
  private boolean runs() {
    int x = 0;
    for (boolean black = false; x < columns; black = !black) {
      int run = run(black);
      if (run < 0 || run > columns - x) {
        return false;
      }
      x += run;
      change(x);
    }
    return true;
  }

  /** A row told by what changed since the one above. */
  private boolean differences() {
    int x = 0;
    boolean begun = false;
    boolean black = false;
    while (x < columns) {
      int b = changeAbove(begun ? x : -1, black);
      int zeros = Integer.numberOfLeadingZeros(peek(7)) - 25;
      if (zeros == 2) { // 001: two runs as they are
        at += 3;
        for (int i = 0; i < 2; i++) {
          int run = run(black ^ i == 1);
          if (run < 0 || run > columns - x) {
            return false;
          }
          x += run;
          change(x);
        }
      } else if (zeros == 3) { // 0001: this colour reaches below the next one
        at += 4;
        x = above[b + 1];
      } else {
        int moved = moved(zeros);
        int to = above[b] + moved;
        if (moved == NO_CODE || to > columns || to < x || (begun && to == x)) {
          return false;
        }
        x = to;
        change(x);
        black = !black;
      }
      begun = true;
    }
    return true;
  }

  /** How far a change moved to the right: 1, 011, 000011, 0000011, or with 0 last to the left. */
  private int moved(int zeros) {
    int by =
        switch (zeros) {
          case 0 -> 0;
          case 1 -> 1;
          case 4 -> 2;
          case 5 -> 3;
          default -> NO_CODE;
        };
    at += zeros + 1;
    return by <= 0 || bit() ? by : -by;
  }

  /** The next change of the row above to the other colour, right of {@code x}. */
  private int changeAbove(int x, boolean black) {
    int i = black ? 1 : 0;
    while (above[i] <= x && above[i] < columns) {
      i += 2;
    }
    return i;
  }

  /** A run of no length is no change. */
  private void change(int x) {
    if (count > 0 && changes[count - 1] == x) {
      count--;
    } else {
      changes[count++] = x;
    }
  }

  /** The length of a run; -1 if there is no such code. */
  private int run(boolean black) {
    FaxRuns codes = black ? FaxRuns.BLACK : FaxRuns.WHITE;
    int total = 0;
    int run;
    do {
      int bits = peek(FaxRuns.BITS);
      run = codes.run(bits);
      at += codes.length(bits);
      total += run;
    } while (run >= FaxRuns.GOES_ON && total <= columns);
    return run < 0 ? -1 : total;
  }

  private boolean bit() {
    int bit = peek(1);
    at++;
    return bit == 1;
  }

  /** The next bits, 16 at most, zeros behind the end. */
  private int peek(int bits) {
    int first = (int) (at >> 3);
    int three = octet(first) << 16 | octet(first + 1) << 8 | octet(first + 2);
    return three >> (24 - bits - (at & 7)) & ((1 << bits) - 1);
  }

  private int octet(int i) {
    if (8L * i >= end) {
      return 0;
    }
    return fax.reversed() ? Integer.reverse(image.u8(i)) >>> 24 : image.u8(i);
  }
}
