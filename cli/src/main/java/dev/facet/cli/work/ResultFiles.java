package dev.facet.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.cli.config.Config;
import dev.facet.cli.settings.RunConfig;
import dev.facet.train.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the results of an evaluation go: {@code eval.json}, {@code report.html} and {@code
 * quarantine.jsonl} for that of a run's best checkpoint on its own data and split. Whatever differs
 * from that stands in the names of all three: {@code eval-val.json}, {@code
 * report-val-step-00000200.html}. A name that holds the results of something else is never taken: a
 * number follows it.
 *
 * @param name what follows {@code eval}, {@code ranks}, {@code report} and {@code quarantine}
 * @param own whether they are a run's own, whose quarantine holds what training met, too
 */
record ResultFiles(Path folder, String name, boolean own) {
  private static final int LONGEST = 60;

  /** A run's own. */
  static ResultFiles ofRun(Path run) {
    return new ResultFiles(run, "", true);
  }

  /**
   * The names of an evaluation's results.
   *
   * @param folder where they go
   * @param checkpoint the weights that are scored
   */
  static ResultFiles of(Path folder, Config config, Path checkpoint) {
    Evaluated now = Evaluated.of(config, checkpoint);
    Path saved = folder.resolve(RunConfig.CONFIG_FILE);
    boolean run = Files.exists(saved);
    Path usual = folder.resolve(Checkpoints.FOLDER).resolve(Checkpoints.BEST);
    Config before = run ? Config.load(saved, List.of()) : config(config, checkpoint);
    Evaluated own = Evaluated.of(before.result().config(), run ? usual : checkpoint);
    if (run && now.equals(own)) {
      return ofRun(folder);
    }
    return free(folder, differences(now, own, config), now, config);
  }

  /** What a checkpoint itself says of its data; what was asked for where it says nothing. */
  private static Config config(Config asked, Path checkpoint) {
    Path saved = checkpoint.resolve(RunConfig.CONFIG_FILE);
    return Files.exists(saved) ? Config.load(saved, List.of()) : asked;
  }

  private static String differences(Evaluated now, Evaluated own, Config config) {
    List<String> parts = new ArrayList<>();
    if (!now.split().equals(own.split())) {
      parts.add(now.split());
    }
    if (!now.checkpoint().equals(own.checkpoint())) {
      parts.add(String.valueOf(now.checkpoint().getFileName()));
    }
    if (!now.data().equals(own.data())) {
      parts.add(dataName(config));
    }
    if (!now.settings().equals(own.settings())) {
      parts.add("settings");
    }
    return parts.isEmpty() ? "" : "-" + fileName(String.join("-", parts));
  }

  private static ResultFiles free(Path folder, String name, Evaluated now, Config config) {
    List<String> names = new ArrayList<>(List.of(name));
    if (name.isEmpty()) {
      names.add(
          "-"
              + fileName(
                  now.split() + "-" + now.checkpoint().getFileName() + "-" + dataName(config)));
    }
    for (int number = 2; ; number++) {
      for (String each : names) {
        ResultFiles files = new ResultFiles(folder, each, false);
        if (files.areFreeFor(now)) {
          return files;
        }
      }
      names = List.of(name + "-" + number);
    }
  }

  private static String dataName(Config config) {
    Path root = config.data().sources().getFirst().root();
    return String.valueOf(root.toAbsolutePath().normalize().getFileName());
  }

  private static String fileName(String words) {
    String safe = words.replaceAll("[^\\p{L}\\p{N}._-]", "_");
    return safe.substring(0, Math.min(LONGEST, safe.length()));
  }

  /** Whether nothing of something else would be overwritten. */
  private boolean areFreeFor(Evaluated now) {
    if (!Files.exists(json())) {
      return !Files.exists(report());
    }
    try {
      JsonNode found = Json.read(json(), JsonNode.class);
      return found.path("identity").asText().equals(now.identity());
    } catch (IOException | FacetException e) {
      return false; // whatever it is, it is not ours
    }
  }

  Path json() {
    return folder.resolve("eval" + name + ".json");
  }

  Path ranks() {
    return folder.resolve("ranks" + name + ".jsonl");
  }

  Path report() {
    return folder.resolve("report" + name + ".html");
  }

  Path quarantine() {
    return folder.resolve("quarantine" + name + ".jsonl");
  }
}
