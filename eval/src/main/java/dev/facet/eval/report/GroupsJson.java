package dev.facet.eval.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.eval.measure.Gap;
import dev.facet.eval.measure.Group;
import dev.facet.eval.measure.Grouped;
import dev.facet.eval.measure.Interval;
import java.util.List;
import java.util.SequencedMap;

/**
 * Figures by group as JSON: under each label {@code values}, with {@code images}, {@code captions}
 * and all figures of each; {@code unlabelled}, the same of the pictures without the label, where
 * there are any; {@code gap}, for each figure the largest difference ({@code value}, its 95 %
 * {@code interval}, {@code highest} and {@code lowest}), where two groups or more are large enough;
 * and {@code warnings}.
 */
public final class GroupsJson {
  /** Where it stands in {@code eval.json}. */
  public static final String KEY = "groups";

  private GroupsJson() {}

  /** The document as a tree. */
  public static ObjectNode of(List<Grouped> labels) {
    ObjectNode root = Json.LINE.createObjectNode();
    for (Grouped grouped : labels) {
      ObjectNode node = root.putObject(grouped.label());
      ObjectNode values = node.putObject("values");
      grouped.groups().forEach(group -> group(values.putObject(group.value()), group));
      if (grouped.unlabelled() != null) {
        group(node.putObject("unlabelled"), grouped.unlabelled());
      }
      if (grouped.gaps() != null) {
        ObjectNode gap = node.putObject("gap");
        direction(gap.putObject("image_to_text"), grouped.gaps().imageToText());
        direction(gap.putObject("text_to_image"), grouped.gaps().textToImage());
        gap(gap.putObject("rsum"), grouped.gaps().rsum());
      }
      grouped.warnings().forEach(node.putArray("warnings")::add);
    }
    return root;
  }

  private static void group(ObjectNode node, Group group) {
    node.put("images", group.images());
    node.put("captions", group.captions());
    EvalJson.figures(node, group.measures());
  }

  private static void direction(ObjectNode node, SequencedMap<String, Gap> gaps) {
    gaps.forEach((name, gap) -> gap(node.putObject(name), gap));
  }

  private static void gap(ObjectNode node, Gap gap) {
    node.put("value", gap.value());
    Interval interval = gap.interval();
    if (interval != null) {
      node.putArray("interval").add(interval.low()).add(interval.high());
    }
    node.put("highest", gap.highest());
    node.put("lowest", gap.lowest());
  }
}
