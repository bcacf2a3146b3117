package dev.facet.eval.report;

import dev.facet.base.Html;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A line chart as inline SVG with a legend; colours come from the style sheet, so it follows light
 * and dark, and the numbers in a table behind it. Wide enough for a phone and drawn to scale up.
 */
final class LineChart {
  private static final int WIDTH = 420;
  private static final int HEIGHT = 250;
  private static final int LEFT = 58;
  private static final int RIGHT = 14;
  private static final int TOP = 12;
  private static final int BOTTOM = 42;

  /** Up to so many points are also marked one by one. */
  private static final int MARKED_POINTS = 25;

  private final Axis x;
  private final Axis y;
  private final StringBuilder out = new StringBuilder();

  private LineChart(Axis x, Axis y) {
    this.x = x;
    this.y = y;
  }

  /**
   * Draws series, at least one of which has a point.
   *
   * @param xLabel what x counts, from 0
   * @param yFrom a value the y axis must include, or NaN
   */
  static String draw(
      String title, String xLabel, String yLabel, double yFrom, List<Series> series) {
    DoubleSummaryStatistics ys = range(series, Series.Point::y);
    double low = Double.isNaN(yFrom) ? ys.getMin() : Math.min(yFrom, ys.getMin());
    double end = Math.max(1, range(series, Series.Point::x).getMax());
    LineChart chart = new LineChart(Axis.upTo(end, 5), Axis.around(low, ys.getMax(), 5));
    chart.frame(title, xLabel, yLabel);
    for (Series each : series) {
      chart.line(each.thinned());
    }
    chart.out.append("</svg>\n");
    chart.legend(series);
    chart.out.append(ChartNumbers.of(xLabel, series));
    return chart.out.append("</figure>\n").toString();
  }

  private static DoubleSummaryStatistics range(
      List<Series> series, ToDoubleFunction<Series.Point> coordinate) {
    return series.stream()
        .flatMap(each -> each.points().stream())
        .mapToDouble(coordinate)
        .summaryStatistics();
  }

  private void frame(String title, String xLabel, String yLabel) {
    String name = Html.text(title);
    put("<figure class=\"chart\"><figcaption>", name, "</figcaption>\n<svg viewBox=\"0 0 ");
    put(WIDTH, " ", HEIGHT, "\" role=\"img\" aria-label=\"", name, "\">\n");
    int right = WIDTH - RIGHT;
    int bottom = HEIGHT - BOTTOM;
    for (double tick : y.ticks()) {
      double at = yAt(tick);
      put("<line class=\"grid\" x1=\"", LEFT, "\" x2=\"", right, "\" y1=\"", at, "\" y2=\"", at);
      put("\"/><text class=\"y\" x=\"", LEFT - 6, "\" y=\"", at + 4, "\">", y.label(tick));
      put("</text>\n");
    }
    for (double tick : x.ticks()) {
      put("<text class=\"x\" x=\"", xAt(tick), "\" y=\"", bottom + 17, "\">", x.label(tick));
      put("</text>\n");
    }
    put("<text class=\"x\" x=\"", (LEFT + right) / 2, "\" y=\"", HEIGHT - 6, "\">");
    put(Html.text(xLabel), "</text>\n<text class=\"x\" transform=\"translate(12 ");
    put((TOP + bottom) / 2, ") rotate(-90)\">", Html.text(yLabel), "</text>\n");
  }

  private void line(Series series) {
    if (series.points().size() > 1) {
      put("<polyline class=\"", series.style(), "\" points=\"");
      for (Series.Point p : series.points()) {
        put(xAt(p.x()), ",", yAt(p.y()), " ");
      }
      put("\"/>\n");
    }
    if (series.points().size() <= MARKED_POINTS) {
      for (Series.Point p : series.points()) {
        put("<circle class=\"", series.style(), "\" cx=\"", xAt(p.x()), "\" cy=\"", yAt(p.y()));
        put("\" r=\"2.5\"/>\n");
      }
    }
  }

  private void legend(List<Series> series) {
    put("<p class=\"legend\">");
    for (Series each : series) {
      put("<span><svg viewBox=\"0 0 26 8\" aria-hidden=\"true\"><polyline class=\"", each.style());
      put("\" points=\"0,4 26,4\"/></svg>", Html.text(each.name()), "</span> ");
    }
    put("</p>\n");
  }

  private double xAt(double value) {
    return LEFT + x.share(value) * (WIDTH - LEFT - RIGHT);
  }

  private double yAt(double value) {
    return HEIGHT - BOTTOM - y.share(value) * (HEIGHT - TOP - BOTTOM);
  }

  /** Appends text as it is and coordinates with one decimal. */
  private void put(Object... parts) {
    for (Object part : parts) {
      out.append(part instanceof Double d ? Figures.fixed(d, 1) : part);
    }
  }
}
