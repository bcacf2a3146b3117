package dev.facet.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.eval.measure.RankedPicture;
import dev.facet.eval.measure.RanksFile;
import dev.facet.eval.report.EvalJson;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An evaluation that was made before.
 *
 * @param file its {@code eval.json}
 * @param figures what stands there
 */
record StoredResult(Path file, JsonNode figures) {

  /**
   * Opens one.
   *
   * @param path {@code eval.json}, under whatever name, or a folder with one
   * @throws FacetException if it is none
   */
  static StoredResult open(Path path) throws IOException {
    Path file = Files.isDirectory(path) ? in(path) : path;
    if (!Files.isRegularFile(file)) {
      throw FacetException.usage(
          path + ": there is no evaluation: name an eval.json or a folder with one");
    }
    JsonNode figures = Json.read(file, JsonNode.class);
    if (!figures.path("pairs").isNumber() || !figures.path(EvalJson.RANKS).isTextual()) {
      throw FacetException.usage(
          file
              + " is no eval.json with the ranks of its queries: evaluate that model again, in its run"
              + " or with --out");
    }
    return new StoredResult(file, figures);
  }

  /** Its own, or the only one. */
  private static Path in(Path folder) throws IOException {
    Path own = folder.resolve("eval.json");
    if (Files.exists(own)) {
      return own;
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "eval-*.json")) {
      files.forEach(found::add);
    }
    return found.size() == 1 ? found.getFirst() : own;
  }

  /**
   * What became of every query.
   *
   * @throws FacetException if its file is gone or damaged
   */
  List<RankedPicture> pictures() throws IOException {
    Path name = Path.of(figures.path(EvalJson.RANKS).asText()).getFileName();
    Path ranks = file.resolveSibling(String.valueOf(name));
    if (!Files.isRegularFile(ranks)) {
      throw FacetException.usage(
          "%s belongs to %s and is not there: copy it there too, or evaluate that model again"
              .formatted(ranks, file));
    }
    return RanksFile.read(ranks);
  }

  /** How its ranks were counted; those of another rule cannot be compared. */
  String rule() {
    return rule(
        figures.path("tie_rule").asText(),
        figures.path("identical_captions_are_right").asBoolean(),
        figures.path(EvalJson.RERANKED).asInt());
  }

  static String rule(String ties, boolean identicalAreRight, int rerank) {
    return "eval.ties %s, eval.identical_captions %s and eval.rerank %s"
        .formatted(ties, identicalAreRight ? "positive" : "strict", rerank);
  }

  /**
   * Refuses to compare what was counted otherwise.
   *
   * @param other whose rule it has to be
   * @throws FacetException naming both rules
   */
  void requireRule(String wanted, Object other) {
    if (!rule().equals(wanted)) {
      throw FacetException.usage(
          "%s was counted with %s, %s with %s: evaluate one of them again as the other"
              .formatted(file, rule(), other, wanted));
    }
  }
}
