package dev.facet.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.EditDistance;
import dev.facet.base.FacetException;
import dev.facet.cli.config.Config;
import dev.facet.cli.label.LabelQuestions;
import dev.facet.cli.request.Requirement;
import dev.facet.eval.Coverage;
import dev.facet.eval.measure.Evaluation;
import dev.facet.eval.measure.RankedCaption;
import dev.facet.eval.measure.RankedPicture;
import dev.facet.eval.report.ClassificationJson;
import dev.facet.eval.report.ComparisonJson;
import dev.facet.eval.report.EvalJson;
import dev.facet.eval.report.EvalSource;
import dev.facet.eval.report.GroupsJson;
import dev.facet.eval.retrieval.Embeddings;
import dev.facet.eval.retrieval.Pairing;
import dev.facet.eval.retrieval.Retrieval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * What the figures of an evaluation have to be.
 *
 * @param all of it; may be empty
 */
record Requirements(List<Requirement> all) {
  /** Names that a message offers in place of one that there is not. */
  private static final int NEAR = 3;

  /**
   * Refuses figures that there will not be, before anything is scored.
   *
   * @param baseline whether there will be differences from an earlier evaluation
   * @param labels what will be told of pictures by their labels
   * @throws FacetException naming the first
   */
  void requireKnown(Config config, boolean baseline, LabelQuestions labels) {
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
    Evaluation evaluation = config.eval().evaluation(smallest, 0);
    ObjectNode figures =
        EvalJson.of(
            evaluation, new Coverage(1, 1, new TreeMap<>()), new EvalSource("", "", "", 0, ""));
    if (baseline) {
      List<RankedPicture> one =
          List.of(new RankedPicture("", 0, 1, 1, List.of(new RankedCaption("", 1, 1))));
      figures.set(Baseline.KEY, ComparisonJson.of(new Baseline(one).compare(one, config)));
    }
    labels.expect(figures, evaluation);
    for (Requirement requirement : all) {
      if (!find(figures, requirement.figure()).isNumber()) {
        throw unknown(requirement, figures);
      }
    }
  }

  private static FacetException unknown(Requirement requirement, ObjectNode figures) {
    List<String> names = new ArrayList<>();
    addNames(figures, "", names);
    String asked = requirement.figure();
    List<String> near =
        names.stream()
            .sorted(Comparator.comparingInt(name -> EditDistance.between(asked, name)))
            .limit(NEAR)
            .toList();
    return FacetException.usage(
        ("--require %s: eval.json has no figure %s; near it are %s. There is recall@K for the K of"
                + " eval.recall_at besides 1, 5 and 10, and what stands under %s needs --by, --zero-shot"
                + " or --baseline")
            .formatted(
                requirement,
                asked,
                String.join(", ", near),
                String.join(
                    ", ",
                    GroupsJson.KEY,
                    ClassificationJson.ZERO_SHOT,
                    ClassificationJson.PROBE,
                    Baseline.KEY)));
  }

  /** The dotted names of all numbers. */
  private static void addNames(JsonNode node, String above, List<String> names) {
    node.properties()
        .forEach(
            each -> {
              if (each.getValue().isNumber()) {
                names.add(above + each.getKey());
              }
              addNames(each.getValue(), above + each.getKey() + ".", names);
            });
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
        failed.add(
            "%s is %s, required was %s"
                .formatted(
                    requirement.figure(),
                    Double.isNaN(value) ? "no number (too few pictures)" : value,
                    requirement));
      }
    }
    if (!failed.isEmpty()) {
      throw FacetException.run("not as required: " + String.join("; ", failed));
    }
  }

  /** What stands under a dotted path; a key may have dots itself, as a group of 5.5 does. */
  private static JsonNode find(JsonNode figures, String path) {
    if (figures.path(path).isNumber()) {
      return figures.path(path);
    }
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      JsonNode below = figures.path(path.substring(0, dot));
      JsonNode found =
          below.isObject() ? find(below, path.substring(dot + 1)) : MissingNode.getInstance();
      if (found.isNumber()) {
        return found;
      }
    }
    return MissingNode.getInstance();
  }
}
