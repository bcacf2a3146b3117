package dev.facet.prepare.page;

import dev.facet.base.Html;
import java.util.Formatter;
import java.util.Locale;
import java.util.SortedMap;

/** Counts of what has a size, as upright bars; what is far out is counted in the last one. */
final class Histogram {
  private static final int MOST_BARS = 40;
  private static final int LABELS = 6;
  private static final double WIDTH = 480;
  private static final double HEIGHT = 220;
  private static final double TOP = 22;
  private static final double BOTTOM = 40;

  private Histogram() {}

  /**
   * Draws one.
   *
   * @param counts by the lowest size of each bar
   * @param step sizes in one bar
   * @param unit of sizes
   */
  static String draw(String title, SortedMap<Integer, Long> counts, int step, String unit) {
    long[] bars = bars(counts, step);
    long most = 1;
    for (long bar : bars) {
      most = Math.max(most, bar);
    }
    StringBuilder out = new StringBuilder();
    Formatter form = new Formatter(out, Locale.ROOT);
    out.append("<figure class=\"chart\"><figcaption>").append(Html.text(title));
    out.append("</figcaption><svg viewBox=\"0 0 480 220\" role=\"img\" aria-label=\"");
    out.append(Html.text(title)).append("\">\n");
    form.format(
        "<line class=\"grid\" x1=\"0\" x2=\"%.0f\" y1=\"%.0f\" y2=\"%.0f\"/>", WIDTH, TOP, TOP);
    form.format("<text x=\"0\" y=\"%.0f\">%,d</text>\n", TOP - 6, most);
    double bottom = HEIGHT - BOTTOM;
    double width = WIDTH / bars.length;
    int labelled = Math.max(1, (bars.length + LABELS - 1) / LABELS);
    for (int i = 0; i < bars.length; i++) {
      double height = (bottom - TOP) * bars[i] / most;
      String sizes = sizes(i, bars.length, step, counts);
      form.format(
          "<rect class=\"one\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\">",
          i * width, bottom - height, 0.85 * width, height);
      form.format("<title>%s %s: %,d</title></rect>\n", sizes, unit, bars[i]);
      if (i % labelled == 0) {
        form.format("<text x=\"%.1f\" y=\"%.0f\">%,d</text>", i * width, bottom + 17, i * step);
      }
    }
    form.format("<text class=\"x\" x=\"%.0f\" y=\"%.0f\">", WIDTH / 2, HEIGHT - 5);
    return out.append(Html.text(unit)).append("</text></svg></figure>\n").toString();
  }

  private static long[] bars(SortedMap<Integer, Long> counts, int step) {
    int last = counts.isEmpty() ? 0 : counts.lastKey() / step;
    long[] bars = new long[Math.min(MOST_BARS, last + 1)];
    counts.forEach((size, count) -> bars[Math.min(bars.length - 1, size / step)] += count);
    return bars;
  }

  private static String sizes(int bar, int bars, int step, SortedMap<Integer, Long> counts) {
    boolean open = bar == bars - 1 && !counts.isEmpty() && counts.lastKey() / step > bar;
    return open
        ? String.format(Locale.ROOT, "%,d and more", bar * step)
        : String.format(Locale.ROOT, "%,d to %,d", bar * step, (bar + 1) * step - 1);
  }
}
