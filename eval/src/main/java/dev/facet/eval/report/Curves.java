package dev.facet.eval.report;

import dev.facet.eval.log.EndLine;
import dev.facet.eval.log.EvalLine;
import dev.facet.eval.log.LoaderLine;
import dev.facet.eval.log.RunLine;
import dev.facet.eval.log.StartLine;
import dev.facet.eval.log.StepLine;
import dev.facet.eval.retrieval.Direction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What a run log shows over time.
 *
 * @param charts as HTML; empty where nothing has two points, as one makes no curve
 * @param single figures there is only one of, for people
 */
record Curves(String charts, SequencedMap<String, String> single) {

  /** Draws what there is of a log. */
  static Curves of(List<RunLine> lines) {
    List<Series.Point> loss = new ArrayList<>();
    List<Series.Point> speed = new ArrayList<>();
    SequencedMap<String, List<EvalLine>> evals = new LinkedHashMap<>();
    for (RunLine line : lines) {
      switch (line) {
        case StepLine s -> {
          add(loss, s.step(), s.loss());
          add(speed, s.step(), s.imagesPerSecond());
        }
        case EvalLine e -> evals.computeIfAbsent(e.set(), set -> new ArrayList<>()).add(e);
        case LoaderLine _, StartLine _, EndLine _ -> {} // not for readers of a report
      }
    }
    StringBuilder charts = new StringBuilder();
    SequencedMap<String, String> single = new LinkedHashMap<>();
    trend("Training loss", "loss (nats)", Double.NaN, loss, charts, single);
    trend("Throughput", "images per second", 0, speed, charts, single);
    evals.forEach((set, those) -> heldOut(set, those, charts, single));
    return new Curves(charts.toString(), single);
  }

  private static void heldOut(
      String set, List<EvalLine> evals, StringBuilder charts, SequencedMap<String, String> single) {
    String name = set.isEmpty() ? ", held out" : ", held out: " + set;
    if (evals.size() == 1) {
      EvalLine only = evals.getFirst();
      String when = name + ", after step " + Figures.count(only.step());
      single.put("Image to text" + when, recalls(only.imageToText()));
      single.put("Text to image" + when, recalls(only.textToImage()));
    } else {
      charts.append(recall("Image to text" + name, evals, EvalLine::imageToText));
      charts.append(recall("Text to image" + name, evals, EvalLine::textToImage));
    }
  }

  boolean isEmpty() {
    return charts.isEmpty() && single.isEmpty();
  }

  private static String recalls(Direction d) {
    return "R@1 %s, R@5 %s, R@10 %s"
        .formatted(Figures.percent(d.r1()), Figures.percent(d.r5()), Figures.percent(d.r10()));
  }

  /** A gap is better than a chart without scale. */
  private static void add(List<Series.Point> points, long step, double value) {
    if (Double.isFinite(value)) {
      points.add(new Series.Point(step, value));
    }
  }

  private static void trend(
      String title,
      String yLabel,
      double yFrom,
      List<Series.Point> points,
      StringBuilder charts,
      SequencedMap<String, String> single) {
    if (points.size() == 1) {
      Series.Point only = points.getFirst();
      single.put(
          title + ", step " + Figures.count((long) only.x()),
          Figures.fixed(only.y(), 3) + " " + yLabel);
    } else if (!points.isEmpty()) {
      Series raw = new Series("each step", "raw", points);
      Series smooth = raw.smoothed("smoothed", "s1");
      charts.append(LineChart.draw(title, "optimizer step", yLabel, yFrom, List.of(raw, smooth)));
    }
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
    return new Series(name, style, points);
  }
}
