package dev.facet.eval.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.eval.log.RunFigures;
import java.util.List;

/**
 * Runs beside each other: {@code runs}, each with {@code name}, {@code state}, {@code step}, {@code
 * best} figures by held-out set and what it cost, {@code settings} that differ, with a value for
 * each run in their order (null where it is not known), and {@code notes}.
 */
public final class RunsJson {
  private RunsJson() {}

  /** The document as a tree; what is not known is null. */
  public static ObjectNode of(ComparedRuns runs) {
    ObjectNode root = Json.LINE.createObjectNode();
    runs.runs().forEach(run -> add(root.withArray("/runs").addObject(), run));
    ObjectNode settings = root.putObject("settings");
    runs.differences()
        .forEach(
            (name, values) ->
                values.forEach(
                    value ->
                        settings
                            .withArray("/" + name)
                            .add(value.equals(ComparedRuns.UNKNOWN) ? null : value)));
    List<String> remarks = runs.remarks();
    root.set("notes", Json.LINE.valueToTree(remarks));
    return root;
  }

  private static void add(ObjectNode node, ComparedRun run) {
    RunFigures figures = run.figures();
    node.put("name", run.name());
    node.put("state", run.state());
    node.put("problem", run.problem());
    node.put("version", run.version());
    node.put("step", figures.step());
    node.put("total_steps", figures.start() == null ? null : figures.start().totalSteps());
    node.put("loss", figures.loss());
    node.put("seconds", figures.time() == null ? null : figures.time().toMillis() / 1e3);
    node.put("samples", figures.samples());
    node.put("samples_per_second", figures.rate());
    node.put("skipped", figures.skipped());
    ObjectNode best = node.putObject("best");
    figures
        .best()
        .forEach(
            (set, line) -> {
              ObjectNode own = best.putObject(set);
              own.put("step", line.step());
              own.put("pairs", line.pairs());
              own.put("mean_recall", RunFigures.meanRecall(line));
              own.set("image_to_text", Json.LINE.valueToTree(line.imageToText()));
              own.set("text_to_image", Json.LINE.valueToTree(line.textToImage()));
            });
  }
}
