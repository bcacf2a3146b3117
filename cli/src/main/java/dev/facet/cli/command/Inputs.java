package dev.facet.cli.command;

import dev.facet.base.FacetException;
import dev.facet.cli.config.Assignment;
import dev.facet.cli.config.Config;
import dev.facet.cli.config.DataConfig;
import dev.facet.cli.config.MixtureConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the files and folders that a config names are there. */
final class Inputs {
  private Inputs() {}

  /**
   * @throws FacetException naming every one that is missing
   */
  static void check(Config config) {
    List<String> missing = new ArrayList<>();
    findData(config.data(), missing);
    find("model.init", config.model().init(), missing);
    find("model.init_image", config.model().initImage(), missing);
    find("model.init_text", config.model().initText(), missing);
    find("model.tokenizer", config.model().tokenizer(), missing);
    throwIfAny(missing);
  }

  /**
   * @throws FacetException naming every folder of the data that is missing
   */
  static void checkData(DataConfig data) {
    List<String> missing = new ArrayList<>();
    findData(data, missing);
    throwIfAny(missing);
  }

  /** A dataset named by an option takes the place of the config's, a mixture included. */
  static List<Assignment> dataset(String option, Path root) {
    return List.of(
        Assignment.option(option, "data.root", root),
        new Assignment("data.mixture", "[]", option + " " + root));
  }

  private static void findData(DataConfig data, List<String> missing) {
    if (data.synthPictures() == 0) {
      find("data.root", data.root(), missing);
    }
    find("data.image_root", data.imageRoot(), missing);
    for (MixtureConfig entry : data.mixture()) {
      for (Path path :
          entry.imageRoot() == null
              ? List.of(entry.root())
              : List.of(entry.root(), entry.imageRoot())) {
        if (!Files.exists(path)) {
          missing.add("data.mixture: nothing at %s; correct it in the config".formatted(path));
        }
      }
    }
  }

  private static void throwIfAny(List<String> missing) {
    if (!missing.isEmpty()) {
      throw FacetException.usage(String.join("\n", missing));
    }
  }

  private static void find(String key, @Nullable Path path, List<String> missing) {
    if (path != null && !Files.exists(path)) {
      missing.add(
          "%s: nothing at %s; set it to what is there with --set %s=PATH"
              .formatted(key, path, key));
    }
  }
}
