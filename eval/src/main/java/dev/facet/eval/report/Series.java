package dev.facet.eval.report;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of a chart.
 *
 * @param name for the legend
 * @param style a class of the style sheet
 * @param points in the order of x; y finite
 */
record Series(String name, String style, List<Point> points) {
  /** A point in data units. */
  record Point(double x, double y) {}

  /** More points than a chart has room for only make the file large. */
  private static final int BUCKETS = 300;

  /** Keeps the lowest and the highest point of every bucket, so that no spike is lost. */
  Series thinned() {
    if (points.size() <= 2 * BUCKETS) {
      return this;
    }
    List<Point> kept = new ArrayList<>();
    for (int b = 0; b < BUCKETS; b++) {
      int from = (int) ((long) points.size() * b / BUCKETS);
      int to = (int) ((long) points.size() * (b + 1) / BUCKETS);
      int low = from;
      int high = from;
      for (int i = from; i < to; i++) {
        low = points.get(i).y() < points.get(low).y() ? i : low;
        high = points.get(i).y() > points.get(high).y() ? i : high;
      }
      kept.add(points.get(Math.min(low, high)));
      if (low != high) {
        kept.add(points.get(Math.max(low, high)));
      }
    }
    return new Series(name, style, kept);
  }

  /**
   * An exponential moving average over about a fiftieth of the points, corrected for its start (the
   * debiasing of Kingma and Ba, "Adam", section 3).
   */
  Series smoothed(String newName, String newStyle) {
    double keep = 1 - 1 / Math.max(1, points.size() / 50.0);
    double sum = 0;
    double weight = 0;
    List<Point> out = new ArrayList<>();
    for (Point p : points) {
      sum = keep * sum + (1 - keep) * p.y();
      weight = keep * weight + (1 - keep);
      out.add(new Point(p.x(), sum / weight));
    }
    return new Series(newName, newStyle, out);
  }
}
