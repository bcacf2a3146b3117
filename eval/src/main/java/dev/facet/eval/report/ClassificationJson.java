package dev.facet.eval.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.eval.classification.ClassFigures;
import dev.facet.eval.measure.Interval;
import dev.facet.eval.measure.Measure;
import dev.facet.eval.measure.NamedMeasures;
import dev.facet.eval.probe.Probe;
import dev.facet.eval.zeroshot.ZeroShot;
import java.util.List;

/**
 * What was found of classes, as JSON: {@code pictures}, {@code counts} by class, {@code
 * unlabelled}, {@code accuracy}, {@code most_frequent} (the accuracy of always saying the most
 * frequent class), {@code balanced_accuracy}, the same as {@code mean_per_class_recall}, which is
 * CLIP_benchmark's name for it, {@code average_precision}, {@code recall} by class, and {@code
 * interval}s. A figure that there is not is null.
 */
public final class ClassificationJson {
  /** Where attributes told by prompts stand in {@code eval.json}. */
  public static final String ZERO_SHOT = "zero_shot";

  /** Where labels learned from vectors stand in {@code eval.json}. */
  public static final String PROBE = "probe";

  private ClassificationJson() {}

  /**
   * Labels learned from vectors: by label and share of the labelled pictures, with how many these
   * were, how many pictures were tested on, and the strength of the penalty that was picked.
   */
  public static ObjectNode of(List<Probe> probes) {
    ObjectNode root = Json.LINE.createObjectNode();
    for (Probe each : probes) {
      ObjectNode label = root.putObject(each.label());
      for (int i = 0; i < each.fractions().size(); i++) {
        Probe.Fraction fraction = each.fractions().get(i);
        ObjectNode node = label.putObject(fraction.name());
        node.put("labelled", fraction.labelled());
        node.put("test", fraction.figures().pictures());
        node.put("l2", fraction.l2());
        figures(node, fraction.figures());
      }
      each.warnings().forEach(label.putArray("warnings")::add);
    }
    return root;
  }

  /**
   * Attributes told by prompts: {@code attributes} by name, their {@code mean}, {@code left_out}.
   */
  public static ObjectNode of(ZeroShot zeroShot) {
    ObjectNode root = Json.LINE.createObjectNode();
    root.put("prompts", zeroShot.prompts());
    NamedMeasures mean = zeroShot.figures().mean();
    if (mean != null) {
      measures(root.putObject("mean"), mean);
    }
    zeroShot.leftOut().forEach(root.putArray("left_out")::add);
    ObjectNode attributes = root.putObject("attributes");
    zeroShot.figures().all().forEach(each -> figures(attributes.putObject(each.name()), each));
    return root;
  }

  private static void figures(ObjectNode node, ClassFigures figures) {
    node.put("pictures", figures.pictures());
    ObjectNode counts = node.putObject("counts");
    for (int c = 0; c < figures.classes().size(); c++) {
      counts.put(figures.classes().get(c), figures.counts().get(c));
    }
    node.put("unlabelled", figures.unlabelled());
    node.put("most_frequent", figures.mostFrequent());
    measures(node, figures.figures());
    measures(node.putObject("recall"), figures.recalls());
  }

  private static void measures(ObjectNode node, NamedMeasures measures) {
    ObjectNode intervals = Json.LINE.createObjectNode();
    measures.forEach(
        (name, measure) -> {
          put(node, intervals, name, measure);
          if (name.equals("balanced_accuracy")) {
            put(node, intervals, "mean_per_class_recall", measure);
          }
        });
    if (!intervals.isEmpty()) {
      node.set("interval", intervals);
    }
  }

  private static void put(ObjectNode node, ObjectNode intervals, String name, Measure measure) {
    node.put(name, measure.value());
    Interval interval = measure.interval();
    if (interval != null) {
      intervals.putArray(name).add(interval.low()).add(interval.high());
    }
  }
}
