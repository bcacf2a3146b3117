package dev.facet.eval.report;

import dev.facet.eval.log.EvalLine;
import dev.facet.eval.log.LoaderLine;
import dev.facet.eval.log.RunLine;
import dev.facet.eval.log.StepLine;
import dev.facet.eval.retrieval.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The charts of a run log. */
final class Curves {
  private Curves() {}

  /** As HTML; empty where the log holds nothing to draw. */
  static String of(List<RunLine> lines) {
    List<Series.Point> loss = new ArrayList<>();
    List<Series.Point> speed = new ArrayList<>();
    List<EvalLine> evals = new ArrayList<>();
    for (RunLine line : lines) {
      switch (line) {
        case StepLine s -> {
          add(loss, s.step(), s.loss());
          add(speed, s.step(), s.imagesPerSecond());
        }
        case EvalLine e -> evals.add(e);
        case LoaderLine l -> {} // for whoever looks into the loader, not for readers of a report
      }
    }
    StringBuilder out = new StringBuilder();
    out.append(trend("Training loss", "loss (nats)", Double.NaN, loss));
    out.append(trend("Throughput", "images per second", 0, speed));
    if (!evals.isEmpty()) {
      out.append(recall("Image to text, held out", evals, EvalLine::imageToText));
      out.append(recall("Text to image, held out", evals, EvalLine::textToImage));
    }
    return out.toString();
  }

  /** A gap is better than a chart without scale. */
  private static void add(List<Series.Point> points, long step, double value) {
    if (Double.isFinite(value)) {
      points.add(new Series.Point(step, value));
    }
  }

  private static String trend(
      String title, String yLabel, double yFrom, List<Series.Point> points) {
    if (points.isEmpty()) {
      return "";
    }
    Series raw = new Series("each step", "raw", points);
    Series smooth = raw.smoothed("smoothed", "s1");
    return LineChart.draw(
        title, "optimizer step", yLabel, yFrom, List.of(raw.thinned(), smooth.thinned()));
  }

  private static String recall(
      String title, List<EvalLine> evals, Function<EvalLine, Direction> direction) {
    return LineChart.draw(
        title,
        "optimizer step",
        "recall (%)",
        0,
        List.of(
            series("R@10", "s3", evals, direction, Direction::r10),
            series("R@5", "s2", evals, direction, Direction::r5),
            series("R@1", "s1", evals, direction, Direction::r1)));
  }

  private static Series series(
      String name,
      String style,
      List<EvalLine> evals,
      Function<EvalLine, Direction> direction,
      ToDoubleFunction<Direction> value) {
    List<Series.Point> points = new ArrayList<>();
    for (EvalLine e : evals) {
      points.add(new Series.Point(e.step(), 100 * value.applyAsDouble(direction.apply(e))));
    }
    return new Series(name, style, points).thinned();
  }
}
