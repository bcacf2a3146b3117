package dev.facet.eval.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.base.Staged;
import dev.facet.eval.Coverage;
import dev.facet.eval.measure.Bootstrap;
import dev.facet.eval.measure.Evaluation;
import dev.facet.eval.measure.Interval;
import dev.facet.eval.measure.Measure;
import dev.facet.eval.measure.Measures;
import dev.facet.eval.measure.NamedMeasures;
import dev.facet.eval.retrieval.Chance;
import dev.facet.eval.retrieval.RetrievalResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code eval.json}: {@code pairs}, then {@code image_to_text} and {@code text_to_image}, each with
 * {@code r1}, {@code r5}, {@code r10} as fractions, {@code median_rank}, {@code mrr}, {@code
 * mean_rank}, {@code map10} and their {@code interval}s; the figures under both conventions for
 * shared captions; recall under the names that CLIP_benchmark has for it; then what the figures
 * depend on: among it {@code rows} of the split, how many were {@code scored}, and how many {@code
 * skipped}, by reason.
 */
public final class EvalJson {
  private static final Pattern RECALL = Pattern.compile("r(\\d+)");

  /** Where the ranks of all queries stand: a file beside this one. */
  public static final String RANKS = "ranks";

  /** How many of each query a matching head ordered anew. */
  public static final String RERANKED = "reranked_first";

  private EvalJson() {}

  /** The document as a tree. */
  public static ObjectNode of(Evaluation evaluation, Coverage coverage, EvalSource source) {
    RetrievalResult result = evaluation.result();
    ObjectNode root = Json.LINE.createObjectNode();
    root.put("pairs", result.pairs());
    figures(root, evaluation.measures());
    bootstrap(root, evaluation);
    ObjectNode conventions = root.putObject("conventions");
    figures(conventions.putObject("positive"), evaluation.positive());
    figures(conventions.putObject("strict"), evaluation.strict());
    clipBenchmark(root, evaluation.strict());
    Measures bySimilarity = evaluation.bySimilarity();
    root.put(RERANKED, evaluation.reorderedFirst());
    if (bySimilarity != null) {
      figures(root.putObject("by_similarity"), bySimilarity);
    }
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
  public static void write(Path target, ObjectNode document) throws IOException {
    Staged.write(target, Json.PRETTY.writeValueAsString(document) + "\n");
  }

  static void figures(ObjectNode node, Measures measures) {
    direction(node.putObject("image_to_text"), measures.imageToText());
    direction(node.putObject("text_to_image"), measures.textToImage());
    node.put("rsum", measures.rsum().value());
  }

  private static void direction(ObjectNode node, NamedMeasures measures) {
    measures.forEach((name, measure) -> node.put(name, measure.value()));
    ObjectNode intervals = Json.LINE.createObjectNode();
    measures.forEach((name, measure) -> interval(intervals, name, measure.interval()));
    if (!intervals.isEmpty()) {
      node.set("interval", intervals);
    }
  }

  private static void interval(ObjectNode node, String name, @Nullable Interval interval) {
    if (interval != null) {
      node.putArray(name).add(interval.low()).add(interval.high());
    }
  }

  private static void bootstrap(ObjectNode root, Evaluation evaluation) {
    interval(root, "rsum_interval", evaluation.measures().rsum().interval());
    Bootstrap bootstrap = evaluation.bootstrap();
    if (bootstrap != null) {
      ObjectNode node = root.putObject("intervals");
      node.put("level", Bootstrap.LEVEL);
      node.put("over", "images");
      node.put("resamples", bootstrap.resamples());
      node.put("seed", bootstrap.seed());
    }
  }

  /**
   * There a caption is right for its own picture alone, and the direction is named by its answer.
   */
  private static void clipBenchmark(ObjectNode root, Measures strict) {
    strict.textToImage().forEach((name, measure) -> recall(root, "image", name, measure));
    strict.imageToText().forEach((name, measure) -> recall(root, "text", name, measure));
  }

  private static void recall(ObjectNode root, String answer, String name, Measure measure) {
    Matcher recall = RECALL.matcher(name);
    if (recall.matches()) {
      root.put(answer + "_retrieval_recall@" + recall.group(1), measure.value());
    }
  }

  private static void chance(ObjectNode node, Chance chance) {
    node.put("r1", chance.r1());
    node.put("r5", chance.r5());
    node.put("r10", chance.r10());
  }
}
