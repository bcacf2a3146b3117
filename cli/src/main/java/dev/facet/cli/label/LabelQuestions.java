package dev.facet.cli.label;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.cli.config.Config;
import dev.facet.cli.request.LabelRequest;
import dev.facet.cli.settings.EvalConfig;
import dev.facet.eval.HeldOut;
import dev.facet.eval.label.Labels;
import dev.facet.eval.measure.Evaluation;
import dev.facet.eval.measure.Grouped;
import dev.facet.eval.probe.Probe;
import dev.facet.eval.report.ClassificationJson;
import dev.facet.eval.report.GroupsJson;
import dev.facet.eval.retrieval.Retrieval;
import dev.facet.eval.zeroshot.PromptSet;
import dev.facet.eval.zeroshot.ZeroShot;
import dev.facet.model.DualEncoder;
import dev.facet.model.text.CaptionTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of pictures by their labels, with the labels read.
 *
 * @param prompts that are to tell attributes; null for none
 * @param labels all that are needed, of the rows of the data
 */
public record LabelQuestions(
    LabelRequest request, @Nullable PromptSet prompts, List<Labels> labels) {
  /** More groups than anybody can compare. */
  private static final int MOST_VALUES = 100;

  /** Nothing is asked. */
  public static final LabelQuestions NONE =
      new LabelQuestions(
          new LabelRequest(List.of(), null, null, List.of(), List.of()), null, List.of());

  /** The text tower of the model that made the pictures' vectors. */
  public record TextModel(DualEncoder model, CaptionTokenizer tokenizer) {}

  /** The prompts that are asked about, before any data is opened; null for none. */
  public static @Nullable PromptSet prompts(LabelRequest request) throws IOException {
    Path file = request.prompts();
    return file == null ? null : PromptSet.open(file);
  }

  /** The names of all labels that are asked about. */
  public static SequencedSet<String> names(LabelRequest request, @Nullable PromptSet prompts) {
    SequencedSet<String> names = new LinkedHashSet<>(request.by());
    names.addAll(request.probe());
    if (prompts != null) {
      names.addAll(prompts.labels());
    }
    return names;
  }

  /**
   * Reads the labels.
   *
   * @throws dev.facet.base.FacetException if there are none, or one has values that nobody can use
   */
  public static LabelQuestions read(
      LabelRequest request, @Nullable PromptSet prompts, LabelSource source) throws IOException {
    SequencedSet<String> names = names(request, prompts);
    List<Labels> labels = names.isEmpty() ? List.of() : source.read(names, MOST_VALUES);
    if (prompts != null) {
      prompts.requireValues(labels);
    }
    return new LabelQuestions(request, prompts, labels);
  }

  private List<Labels> named(List<String> names) {
    return names.stream()
        .map(name -> labels.stream().filter(each -> each.name().equals(name)).findFirst())
        .map(found -> found.orElseThrow())
        .toList();
  }

  /** Answers all. */
  public LabelAnswers answer(
      HeldOut heldOut, Retrieval retrieval, @Nullable TextModel text, Config config) {
    EvalConfig settings = config.eval();
    List<Grouped> grouped =
        named(request.by()).stream()
            .map(
                each ->
                    Grouped.of(
                        retrieval,
                        heldOut.rows(),
                        each,
                        settings.recallAt(),
                        settings.bootstrap(config.seed())))
            .toList();
    ZeroShot zeroShot =
        prompts == null || text == null
            ? null
            : ZeroShot.of(
                prompts,
                heldOut,
                labels,
                text.model(),
                text.tokenizer(),
                settings.batch(),
                settings.bootstrap(config.seed()));
    List<Probe> probes =
        named(request.probe()).stream()
            .map(
                each ->
                    Probe.of(
                        heldOut,
                        each,
                        request.fractions(),
                        config.seed(),
                        settings.bootstrap(config.seed())))
            .toList();
    return new LabelAnswers(grouped, zeroShot, probes);
  }

  /**
   * Adds every figure that there may be to those of an evaluation.
   *
   * @param figures {@code eval.json}
   * @param evaluation whose figures a group has
   */
  public void expect(ObjectNode figures, Evaluation evaluation) {
    List<Grouped> grouped = new ArrayList<>();
    for (Labels each : named(request.by())) {
      grouped.add(Grouped.expected(each, evaluation.measures()));
    }
    if (!grouped.isEmpty()) {
      figures.set(GroupsJson.KEY, GroupsJson.of(grouped));
    }
    List<Probe> probes =
        named(request.probe()).stream()
            .map(each -> Probe.expected(each, request.fractions()))
            .toList();
    if (!probes.isEmpty()) {
      figures.set(ClassificationJson.PROBE, ClassificationJson.of(probes));
    }
    if (prompts != null) {
      figures.set(ClassificationJson.ZERO_SHOT, ClassificationJson.of(ZeroShot.expected(prompts)));
    }
  }
}
