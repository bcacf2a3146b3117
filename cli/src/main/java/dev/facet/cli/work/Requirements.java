package dev.facet.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.cli.config.Config;
import dev.facet.cli.request.Requirement;
import dev.facet.eval.Coverage;
import dev.facet.eval.measure.RankedCaption;
import dev.facet.eval.measure.RankedPicture;
import dev.facet.eval.report.ComparisonJson;
import dev.facet.eval.report.EvalJson;
import dev.facet.eval.report.EvalSource;
import dev.facet.eval.retrieval.Embeddings;
import dev.facet.eval.retrieval.Pairing;
import dev.facet.eval.retrieval.Retrieval;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What the figures of an evaluation have to be.
 *
 * @param all of it; may be empty
 */
record Requirements(List<Requirement> all) {

  /**
   * Refuses figures that there will not be, before anything is scored.
   *
   * @param baseline whether there will be differences from an earlier evaluation
   * @throws FacetException naming the first
   */
  void requireKnown(Config config, boolean baseline) {
    if (all.isEmpty()) {
      return;
    }
    // One picture with one caption has every figure that many have.
    Retrieval smallest =
        Retrieval.rank(
            new Embeddings(new float[] {1}, 1),
            new Embeddings(new float[] {1}, 1),
            new Pairing(new int[] {0}, new long[] {0}),
            config.eval().retrieval(1));
    ObjectNode figures =
        EvalJson.of(
            config.eval().evaluation(smallest, 0),
            new Coverage(1, 1, new TreeMap<>()),
            new EvalSource("", "", "", 0, ""));
    if (baseline) {
      List<RankedPicture> one =
          List.of(new RankedPicture("", 0, 1, 1, List.of(new RankedCaption("", 1, 1))));
      figures.set(Baseline.KEY, ComparisonJson.of(new Baseline(one).compare(one, config)));
    }
    for (Requirement requirement : all) {
      if (!find(figures, requirement.figure()).isNumber()) {
        throw FacetException.usage(
            ("--require %s: eval.json has no figure %s; it has text_to_image.r1,"
                    + " image_to_text.median_rank, rsum and others, and recall@K for the K of"
                    + " eval.recall_at besides 1, 5 and 10")
                .formatted(requirement, requirement.figure()));
      }
    }
  }

  /**
   * Holds figures against what they have to be.
   *
   * @param figures {@code eval.json}
   * @throws FacetException naming every one that is not
   */
  void check(ObjectNode figures) {
    List<String> failed = new ArrayList<>();
    for (Requirement requirement : all) {
      double value = find(figures, requirement.figure()).asDouble(Double.NaN);
      if (!requirement.isMetBy(value)) {
        failed.add("%s is %s, required was %s".formatted(requirement.figure(), value, requirement));
      }
    }
    if (!failed.isEmpty()) {
      throw FacetException.run("not as required: " + String.join("; ", failed));
    }
  }

  private static JsonNode find(ObjectNode figures, String path) {
    JsonNode node = figures;
    for (String part : path.split("\\.", -1)) {
      node = node.path(part);
    }
    return node;
  }
}
