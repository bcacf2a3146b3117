package dev.facet.eval.report;

import dev.facet.eval.measure.Interval;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How numbers are shown to people, the same in the table and on the page. */
final class Figures {
  private Figures() {}

  /** A share as percent: one decimal, and more for small ones so that they do not read as zero. */
  static String percent(double share) {
    double p = 100 * share;
    if (p == 0 || p >= 0.95) {
      return String.format(Locale.ROOT, "%.1f%%", p);
    }
    // Two significant digits, never in exponent form.
    return fixed(p, 1 - (int) Math.floor(Math.log10(p))) + "%";
  }

  /** A span of shares as percent; empty where there is none. */
  static String percents(@Nullable Interval shares) {
    return shares == null
        ? ""
        : String.format(Locale.ROOT, "%.1f-%.1f", 100 * shares.low(), 100 * shares.high());
  }

  /** A rank, which may end in .5. */
  static String rank(double rank) {
    return rank == Math.rint(rank) ? count((long) rank) : String.format(Locale.ROOT, "%,.1f", rank);
  }

  static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  static String fixed(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
