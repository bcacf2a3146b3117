package dev.facet.eval.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.base.Staged;
import dev.facet.eval.Coverage;
import dev.facet.eval.retrieval.Chance;
import dev.facet.eval.retrieval.RetrievalResult;
import java.io.IOException;
import java.nio.file.Path;

/**
 * {@code eval.json}: {@code pairs}, then {@code image_to_text} and {@code text_to_image}, each with
 * {@code r1}, {@code r5}, {@code r10} as fractions, {@code median_rank}, {@code mrr} and {@code
 * mean_rank}, then what the figures depend on: among it {@code rows} of the split, how many were
 * {@code scored}, and how many {@code skipped}, by reason.
 */
public final class EvalJson {
  private EvalJson() {}

  /** The document as a tree. */
  public static ObjectNode of(RetrievalResult result, Coverage coverage, EvalSource source) {
    ObjectNode root = Json.LINE.createObjectNode();
    root.put("pairs", result.pairs());
    root.set("image_to_text", Json.LINE.valueToTree(result.imageToText()));
    root.set("text_to_image", Json.LINE.valueToTree(result.textToImage()));
    root.put("rows", coverage.rows());
    root.put("scored", coverage.scored());
    ObjectNode skipped = root.putObject("skipped");
    coverage.skipped().forEach(skipped::put);
    root.put("images", result.images());
    root.put("captions", result.captions());
    root.put("repeated_images", result.repeatedImages());
    root.put("repeated_captions", result.repeatedCaptions());
    root.put("identical_captions", result.identicalCaptions());
    root.put("identical_captions_are_right", result.settings().duplicateAware());
    root.put("tie_rule", result.settings().tieRule().label());
    ObjectNode chance = root.putObject("chance");
    chance(chance.putObject("image_to_text"), result.imageToTextChance());
    chance(chance.putObject("text_to_image"), result.textToImageChance());
    root.put("checkpoint", source.checkpoint());
    root.put("dataset", source.dataset());
    root.put("split", source.split());
    root.put("step", source.step());
    root.put("identity", source.identity());
    return root;
  }

  /** Writes the document, whole or not at all. */
  public static void write(
      Path target, RetrievalResult result, Coverage coverage, EvalSource source)
      throws IOException {
    Staged.write(target, Json.PRETTY.writeValueAsString(of(result, coverage, source)) + "\n");
  }

  private static void chance(ObjectNode node, Chance chance) {
    node.put("r1", chance.r1());
    node.put("r5", chance.r5());
    node.put("r10", chance.r10());
  }
}
