package dev.facet.cli.label;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.eval.measure.Grouped;
import dev.facet.eval.probe.Probe;
import dev.facet.eval.report.ClassificationJson;
import dev.facet.eval.report.ClassificationTable;
import dev.facet.eval.report.FigureTable;
import dev.facet.eval.report.GroupTable;
import dev.facet.eval.report.GroupsJson;
import dev.facet.eval.zeroshot.ZeroShot;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found of pictures by their labels.
 *
 * @param groups all figures by labels
 * @param zeroShot attributes told by prompts; null where nobody asked
 * @param probes labels learned from the vectors of pictures
 */
public record LabelAnswers(List<Grouped> groups, @Nullable ZeroShot zeroShot, List<Probe> probes) {
  /** Of an evaluation that nobody asked. */
  public static final LabelAnswers NONE = new LabelAnswers(List.of(), null, List.of());

  /** Adds all to {@code eval.json}. */
  public void addTo(ObjectNode figures) {
    if (!groups.isEmpty()) {
      figures.set(GroupsJson.KEY, GroupsJson.of(groups));
    }
    if (zeroShot != null) {
      figures.set(ClassificationJson.ZERO_SHOT, ClassificationJson.of(zeroShot));
    }
    if (!probes.isEmpty()) {
      figures.set(ClassificationJson.PROBE, ClassificationJson.of(probes));
    }
  }

  /** What was found of classes. */
  public List<FigureTable> classified() {
    List<FigureTable> tables = new ArrayList<>();
    if (zeroShot != null) {
      tables.add(ClassificationTable.of(zeroShot));
    }
    probes.forEach(each -> tables.add(ClassificationTable.of(each)));
    return tables;
  }

  /** Prints all as tables. */
  public void print(PrintWriter out) {
    groups.forEach(
        each -> {
          out.println();
          out.print(GroupTable.of(each));
        });
    classified()
        .forEach(
            each -> {
              out.println();
              out.print(each.text());
            });
  }
}
