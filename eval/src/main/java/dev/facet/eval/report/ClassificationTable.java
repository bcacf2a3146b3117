package dev.facet.eval.report;

import dev.facet.eval.classification.ClassFigures;
import dev.facet.eval.measure.Measure;
import dev.facet.eval.measure.NamedMeasures;
import dev.facet.eval.probe.Probe;
import dev.facet.eval.zeroshot.ZeroShot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was found of classes, as a table. */
public final class ClassificationTable {
  /** Classes whose counts have room in a cell. */
  private static final int FEW = 4;

  private static final List<String> HEAD =
      List.of("pictures", "accuracy", "most frequent", "balanced", "95%", "AP", "95%");

  private ClassificationTable() {}

  /** Attributes told by prompts. */
  public static FigureTable of(ZeroShot zeroShot) {
    List<FigureTable.Line> lines = new ArrayList<>();
    for (ClassFigures each : zeroShot.figures().all()) {
      lines.add(line(each.name(), each));
    }
    NamedMeasures mean = zeroShot.figures().mean();
    if (mean != null) {
      lines.add(
          new FigureTable.Line(
              "mean",
              Stream.concat(Stream.of("", share(mean.get("accuracy")), ""), balanced(mean).stream())
                  .toList()));
    }
    List<String> notes = new ArrayList<>();
    notes.add(
        "prompts of "
            + zeroShot.prompts()
            + "; \"most frequent\" is the accuracy of always saying the most frequent class, balanced"
            + " accuracy by chance 1 / classes");
    if (!zeroShot.leftOut().isEmpty()) {
      notes.add(
          "all pictures are of one class, or have no label, and it is left out of the mean: "
              + String.join(", ", zeroShot.leftOut()));
    }
    return new FigureTable("zero-shot attributes", HEAD, lines, notes);
  }

  /** A label learned from vectors. */
  public static FigureTable of(Probe probe) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "logistic regression on the vectors, learned from that share of seven tenths of the pictures"
            + " and tested on the others, which the counts are of");
    notes.addAll(probe.warnings());
    return new FigureTable(
        "probe of " + probe.label(),
        HEAD,
        probe.fractions().stream()
            .map(
                each ->
                    line(
                        each.name() + " (" + Figures.count(each.labelled()) + " labelled)",
                        each.figures()))
            .toList(),
        notes);
  }

  private static FigureTable.Line line(String name, ClassFigures figures) {
    return new FigureTable.Line(
        name,
        Stream.concat(
                Stream.of(
                    counts(figures),
                    share(figures.figures().get("accuracy")),
                    percent(figures.mostFrequent())),
                balanced(figures.figures()).stream())
            .toList());
  }

  private static List<String> balanced(NamedMeasures figures) {
    Measure balanced = figures.get("balanced_accuracy");
    Measure precision = figures.get("average_precision");
    return List.of(share(balanced), span(balanced), share(precision), span(precision));
  }

  private static String counts(ClassFigures figures) {
    return figures.classes().size() <= FEW
        ? figures.counts().stream().map(Figures::count).collect(Collectors.joining(" + "))
        : Figures.count(figures.pictures());
  }

  private static String share(Measure measure) {
    return percent(measure.value());
  }

  private static String span(Measure measure) {
    return Double.isNaN(measure.value()) ? "" : Figures.percents(measure.interval());
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "" : Figures.percent(share);
  }
}
