package dev.facet.cli.work;

import dev.facet.base.FacetException;
import dev.facet.base.Staged;
import dev.facet.cli.console.Console;
import dev.facet.cli.request.ExportFormat;
import dev.facet.cli.request.ExportRequest;
import dev.facet.model.Architecture;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.checkpoint.OpenClipDirectory;
import dev.facet.model.export.TorchScriptExport;
import dev.facet.model.ops.Precision;
import dev.facet.model.pictures.Preprocessing;
import dev.facet.model.text.CaptionCleanup;
import dev.facet.model.text.TokenizerFiles;
import dev.facet.model.vectors.VectorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code facet export}. */
final class ExportWork {
  private ExportWork() {}

  static void run(ExportRequest request, Console console) throws IOException {
    Path from = request.checkpoint();
    ModelOptions options = ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32);
    try (DualEncoder model = ModelDirectory.open(from, options)) {
      if (model.config() instanceof VectorConfig) {
        requireTextAlone(request);
      }
      Double blend = request.blend();
      if (blend != null) {
        StartWeights.of(from, request.start()).blend(model, options, blend);
      }
      TokenizerFiles tokenizer = TokenizerFiles.in(from) ? TokenizerFiles.open(from) : null;
      write(request, model, tokenizer, console);
      if (tokenizer == null) {
        note(console, "%s has no tokenizer, so the export has none either".formatted(from));
      }
    }
  }

  private static void write(
      ExportRequest request,
      DualEncoder model,
      @Nullable TokenizerFiles tokenizer,
      Console console) {
    try (Staged staged = Staged.directory(target(request.out()))) {
      Path to = staged.path();
      CaptionCleanup captions = tokenizer == null ? null : copy(tokenizer, model.config(), to);
      switch (request.to()) {
        case HUGGINGFACE -> {
          ModelDirectory.write(model, request.weights(), to);
          if (!(model.config() instanceof VectorConfig)) {
            String pictures = pictures(request, model).toJson();
            Files.writeString(to.resolve(Preprocessing.FILE), pictures);
          }
        }
        case OPEN_CLIP -> {
          Preprocessing pictures = pictures(request, model);
          OpenClipDirectory.write(model, pictures, captions, request.weights(), to);
          OpenClipDirectory.difference(model.config()).ifPresent(each -> note(console, each));
        }
        case TORCHSCRIPT -> TorchScriptExport.write(model, pictures(request, model), to);
      }
      String files = names(to);
      staged.commit();
      console.out().println(request.out() + "  " + files);
    } catch (IOException e) {
      throw FacetException.run(
          "cannot write the export --out %s: %s; nothing was left there: free space or mend the disk, or name another folder"
              .formatted(request.out(), reason(e)),
          e);
    }
  }

  private static Preprocessing pictures(ExportRequest request, DualEncoder model)
      throws IOException {
    return Preprocessing.of(request.checkpoint(), model.config().usualPictures());
  }

  /** What learned from stored vectors has a text tower and nothing that sees a picture. */
  private static void requireTextAlone(ExportRequest request) {
    if (request.to() != ExportFormat.HUGGINGFACE) {
      throw FacetException.usage(
          ("the model in %s learned from stored vectors and has a text tower alone, which --to %s has"
                  + " no form for: take --to huggingface")
              .formatted(request.checkpoint(), request.to().name().toLowerCase(Locale.ROOT)));
    }
  }

  /** A link to an empty folder stays one: the folder behind it is filled. */
  private static Path target(Path out) throws IOException {
    return Files.isSymbolicLink(out) && Files.exists(out) ? out.toRealPath() : out;
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  /** Takes the tokenizer along, with the clean-up that belongs to it. */
  private static CaptionCleanup copy(TokenizerFiles files, Architecture model, Path to)
      throws IOException {
    CaptionCleanup cleanup = model.captionCleanup(files);
    Files.writeString(to.resolve(TokenizerFiles.TOKENIZER), files.tokenizer());
    Files.writeString(
        to.resolve(TokenizerFiles.SETTINGS), files.settings(model.contextLength(), cleanup));
    return cleanup;
  }

  private static void note(Console console, String words) {
    console.err().println("note: " + words);
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
