package dev.facet.cli.command;

import dev.facet.base.FacetException;
import dev.facet.cli.config.Assignment;
import dev.facet.cli.config.Config;
import dev.facet.cli.settings.DataConfig;
import dev.facet.cli.settings.EvalSet;
import dev.facet.cli.settings.MixtureConfig;
import dev.facet.cli.settings.ModelConfig;
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
    throwIfAny(missing(config));
  }

  /** Every one that is missing, with the cure. */
  static List<String> missing(Config config) {
    List<String> missing = new ArrayList<>(missingData(config));
    missing.addAll(missingModel(config.model()));
    return missing;
  }

  /** Every folder and file of the model that is missing, with the cure. */
  static List<String> missingModel(ModelConfig model) {
    List<String> missing = new ArrayList<>();
    find("model.init", model.init(), missing);
    find("model.init_image", model.initImage(), missing);
    find("model.init_text", model.initText(), missing);
    find("model.tokenizer", model.tokenizer(), missing);
    return missing;
  }

  /**
   * @throws FacetException naming every folder of the data that is missing
   */
  static void checkData(DataConfig data) {
    throwIfAny(missingData(data));
  }

  /** A dataset named by an option takes the place of the config's, a mixture included. */
  static List<Assignment> dataset(String option, Path root) {
    return List.of(
        Assignment.option(option, "data.root", root),
        new Assignment("data.mixture", "[]", option + " " + root));
  }

  /** Every folder of the data that is missing, that of held-out sets included, with the cure. */
  static List<String> missingData(Config config) {
    List<String> missing = new ArrayList<>(missingData(config.data()));
    for (EvalSet set : config.eval().sets()) {
      Path root = set.root();
      if (root != null && !Files.exists(root)) {
        missing.add(
            "eval.sets: %s: nothing at %s; correct it in the config".formatted(set.name(), root));
      }
    }
    return missing;
  }

  private static List<String> missingData(DataConfig data) {
    List<String> missing = new ArrayList<>();
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
    return missing;
  }

  /**
   * @throws FacetException if weights cannot be blended like that
   */
  static void checkBlend(List<Double> shares, @Nullable Path start) {
    for (double share : shares) {
      if (!(share >= 0 && share <= 1)) {
        throw FacetException.usage(
            "--blend " + share + ": expects a share from 0 (the start) to 1 (the checkpoint)");
      }
    }
    if (start != null && shares.isEmpty()) {
      throw FacetException.usage("--start " + start + " is for --blend: give both, or neither");
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
