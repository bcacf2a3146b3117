package dev.facet.cli.work;

import dev.facet.base.FacetException;
import dev.facet.base.Staged;
import dev.facet.cli.command.ExportRequest;
import dev.facet.cli.console.Console;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelDirectory;
import dev.facet.model.ModelOptions;
import dev.facet.model.OpenClipDirectory;
import dev.facet.model.Preprocessing;
import dev.facet.model.ops.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code facet export}. */
final class ExportWork {
  private static final List<String> TOKENIZER =
      List.of(ModelDirectory.TOKENIZER, "tokenizer_config.json", "special_tokens_map.json");

  private ExportWork() {}

  static void run(ExportRequest request, Console console) throws IOException {
    Path from = request.checkpoint();
    ModelOptions options = ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32);
    try (DualEncoder model = ModelDirectory.open(from, options);
        Staged staged = Staged.directory(request.out())) {
      Preprocessing pictures = Preprocessing.of(from, model.config().imageSize());
      boolean captions = Files.isRegularFile(from.resolve(ModelDirectory.TOKENIZER));
      Path to = staged.path();
      switch (request.to()) {
        case HUGGINGFACE -> {
          ModelDirectory.write(model, request.weights(), to);
          Files.writeString(to.resolve(Preprocessing.FILE), pictures.toJson());
        }
        case OPEN_CLIP -> {
          OpenClipDirectory.write(model, pictures, request.weights(), captions, to);
          OpenClipDirectory.difference(model.config())
              .ifPresent(each -> console.err().println("note: " + each));
        }
        case TORCHSCRIPT ->
            throw FacetException.usage("--to torchscript is not there yet; export to huggingface");
      }
      if (captions) {
        copy(from, to);
      } else {
        console
            .err()
            .println(
                "note: %s has no %s; what reads the export needs one"
                    .formatted(from, ModelDirectory.TOKENIZER));
      }
      String files = names(to);
      staged.commit();
      console.out().println(request.out() + "  " + files);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    for (String name : TOKENIZER) {
      if (Files.exists(from.resolve(name))) {
        Files.copy(from.resolve(name), to.resolve(name));
      }
    }
  }

  private static String names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .sorted()
          .collect(Collectors.joining(", "));
    }
  }
}
