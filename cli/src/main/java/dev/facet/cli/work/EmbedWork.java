package dev.facet.cli.work;

import dev.facet.base.Json;
import dev.facet.cli.config.Config;
import dev.facet.cli.console.Console;
import dev.facet.cli.console.Progress;
import dev.facet.cli.request.EmbedRequest;
import dev.facet.eval.stored.EmbedManifest;
import dev.facet.eval.stored.EmbeddingRun;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.picture.UsableRows;
import dev.facet.loader.quarantine.Quarantine;
import dev.facet.model.DualEncoder;
import dev.facet.model.text.CaptionTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** {@code facet embed}. */
final class EmbedWork {
  private static final String QUARANTINE = "quarantine.jsonl";

  private EmbedWork() {}

  static void run(EmbedRequest request, Console console) throws IOException, InterruptedException {
    Config config = request.config();
    Path folder = EvalWork.weights(request.model());
    EmbedManifest manifest;
    try (Dataset data = Sources.heldOut(config.data());
        CaptionTokenizer tokenizer = EvalWork.tokenizer(config, folder);
        DualEncoder model = Models.open(config.model(), folder)) {
      Models.requireTokens(tokenizer, model.config(), folder);
      Seen seen = Seen.of(config, folder, data);
      UsableRows.require(data, seen.plain(config));
      console.err().println("device: " + model.device());
      console.err().println("pictures: " + seen.decoder(config));
      data.notes().forEach(note -> console.err().println("note: " + note));
      console.err().println(Arithmetic.check(model, config, data));
      EmbeddingRun run =
          new EmbeddingRun(
              request.out(),
              model,
              tokenizer,
              data,
              Loading.scoring(config),
              seen.plain(config),
              origin(request, folder, model, tokenizer, seen, data));
      manifest = run(run, console);
    }
    if (request.json()) {
      console.out().println(Json.PRETTY.writeValueAsString(manifest));
      return;
    }
    console.out().println(line(manifest));
    console.out().println("embeddings  " + request.out());
  }

  private static EmbedManifest run(EmbeddingRun run, Console console)
      throws IOException, InterruptedException {
    EmbedManifest before = run.begin();
    try (Quarantine quarantine = Quarantine.file(run.folder().resolve(QUARANTINE));
        FirstExamples examples = new FirstExamples(quarantine);
        Progress progress =
            console.progress("embedding", "rows", before.rows()).startAt(before.done())) {
      return run.run(examples, progress::update);
    } finally {
      Path quarantine = run.folder().resolve(QUARANTINE);
      if (Files.exists(quarantine) && Files.size(quarantine) == 0) {
        Files.delete(quarantine);
      }
    }
  }

  private static EmbedManifest.Origin origin(
      EmbedRequest request,
      Path folder,
      DualEncoder model,
      CaptionTokenizer tokenizer,
      Seen seen,
      Dataset data)
      throws IOException {
    Config config = request.config();
    int batch = config.eval().batch();
    return new EmbedManifest.Origin(
        ModelIdentity.of(model, tokenizer, seen, config),
        folder.toString(),
        model.config().embedDim(),
        request.type().label(),
        config.data().name(),
        data.layout(),
        config.data().evalSplit(),
        batch,
        Math.ceilDiv(request.rowsPerFile(), batch) * batch);
  }

  private static String line(EmbedManifest manifest) {
    String skipped =
        manifest.skipped().isEmpty()
            ? ""
            : "; skipped: "
                + manifest.skipped().toString().replaceAll("[{}]", "").replace('=', ' ');
    return String.format(
        Locale.ROOT,
        "%,d rows: %,d pictures and %,d captions as %s [%d]%s",
        manifest.rows(),
        manifest.pictures(),
        manifest.captions(),
        manifest.of().type(),
        manifest.of().width(),
        skipped);
  }
}
