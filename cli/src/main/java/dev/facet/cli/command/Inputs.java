package dev.facet.cli.command;

import dev.facet.base.FacetException;
import dev.facet.cli.config.Config;
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
    if (config.data().synthPictures() == 0) {
      find("data.root", config.data().root(), missing);
    }
    find("model.init", config.model().init(), missing);
    find("model.tokenizer", config.model().tokenizer(), missing);
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
