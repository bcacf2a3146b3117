package dev.facet.eval.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.eval.measure.Comparison;
import dev.facet.eval.measure.Difference;
import java.util.SequencedMap;

/**
 * A comparison as JSON: {@code image_to_text} and {@code text_to_image} have for each figure {@code
 * before}, {@code after}, {@code difference}, its 95 % {@code interval} and {@code p}; so does
 * {@code rsum}. Then how many captions find their picture earlier or later, and those that moved
 * most.
 */
public final class ComparisonJson {
  private ComparisonJson() {}

  /** The document as a tree. */
  public static ObjectNode of(Comparison comparison) {
    ObjectNode root = Json.LINE.createObjectNode();
    root.put("images", comparison.images());
    direction(root.putObject("image_to_text"), comparison.imageToText());
    direction(root.putObject("text_to_image"), comparison.textToImage());
    difference(root.putObject("rsum"), comparison.rsum());
    root.put("captions_better", comparison.better());
    root.put("captions_worse", comparison.worse());
    root.set("moved", Json.LINE.valueToTree(comparison.moved()));
    return root;
  }

  private static void direction(ObjectNode node, SequencedMap<String, Difference> differences) {
    differences.forEach((name, each) -> difference(node.putObject(name), each));
  }

  private static void difference(ObjectNode node, Difference difference) {
    node.put("before", difference.before());
    node.put("after", difference.after());
    node.put("difference", difference.value());
    node.putArray("interval").add(difference.interval().low()).add(difference.interval().high());
    node.put("p", difference.p());
  }
}
