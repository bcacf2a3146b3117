package dev.facet.eval.report;

import dev.facet.eval.log.EndLine;
import dev.facet.eval.log.EvalLine;
import dev.facet.eval.log.LoaderLine;
import dev.facet.eval.log.RunFigures;
import dev.facet.eval.log.RunLine;
import dev.facet.eval.log.StartLine;
import dev.facet.eval.log.StepLine;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Points of a run's log beside those of others.
 *
 * @param lines the log, in order
 * @param place what they stand over
 */
record RunCurve(List<RunLine> lines, Place place) {
  /** What is counted from left to right. */
  enum Place {
    STEPS("optimizer step"),
    SAMPLES("samples");

    private final String label;

    Place(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  /** Losses, smoothed; steps without one are left out. */
  List<Series.Point> loss() {
    List<Series.Point> points = new ArrayList<>();
    walk(
        (line, x) -> {
          if (line instanceof StepLine step && Float.isFinite(step.loss())) {
            points.add(new Series.Point(x, step.loss()));
          }
        });
    return new Series("", "", points).smoothed("", "").points();
  }

  /** Mean recalls of a held-out set, in percent. */
  List<Series.Point> recall(String set) {
    List<Series.Point> points = new ArrayList<>();
    walk(
        (line, x) -> {
          if (line instanceof EvalLine eval && eval.set().equals(set)) {
            points.add(new Series.Point(x, 100 * RunFigures.meanRecall(eval)));
          }
        });
    return points;
  }

  private interface Visit {
    void at(RunLine line, double x);
  }

  /**
   * Steps and evaluations where they stand. An evaluation stands where its step does, which may be
   * one before the last: the best weights are tested when the run is over. Without a start line,
   * nobody knows the samples.
   */
  private void walk(Visit visit) {
    StartLine start = null;
    TreeMap<Long, Double> samples = new TreeMap<>();
    for (RunLine line : lines) {
      switch (line) {
        case StartLine begun -> start = begun;
        case StepLine step -> {
          if (start != null) {
            samples.put(step.step(), (double) RunFigures.samples(start, step));
          }
          at(line, samples, visit);
        }
        case EvalLine _ -> at(line, samples, visit);
        case LoaderLine _, EndLine _ -> {} // no point of any curve
      }
    }
  }

  private void at(RunLine line, TreeMap<Long, Double> samples, Visit visit) {
    switch (place) {
      case STEPS -> visit.at(line, (double) line.step());
      case SAMPLES -> {
        Double x = samples.get(line.step());
        if (x != null) {
          visit.at(line, x);
        }
      }
    }
  }
}
