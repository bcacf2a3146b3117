package dev.facet.cli.preparation;

import dev.facet.base.Json;
import dev.facet.cli.config.PrepareConfig;
import dev.facet.cli.config.Resume;
import dev.facet.cli.console.Console;
import dev.facet.cli.request.PrepareRequest;
import dev.facet.prepare.Engine;
import dev.facet.prepare.Preparation;
import dev.facet.prepare.filter.CaptionScorer;
import dev.facet.prepare.takedown.TakedownList;
import dev.facet.prepare.whole.Counts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code facet prepare}. */
public final class PrepareWork {
  private PrepareWork() {}

  /**
   * Makes shards, or goes on with them, and prints the counts.
   *
   * @param scorer of {@code filter.checkpoint}; null where captions need not be similar
   */
  public static void run(PrepareRequest request, @Nullable CaptionScorer scorer, Console console)
      throws IOException, InterruptedException {
    TakedownList takedown =
        request.takedown() == null ? TakedownList.NONE : TakedownList.read(request.takedown());
    Counts counts;
    PreparationLines lines = new PreparationLines(console);
    try (Engine engine = Engines.start(request.machines())) {
      engine.begin(request.out());
      checkGoingOn(request);
      URI elsewhere = request.machines().source();
      Preparation.Request what =
          new Preparation.Request(
              elsewhere == null ? request.source() : engine.bring(elsewhere, request.out()),
              request.out(),
              request.settings(),
              PrepareConfig.toYaml(request.settings()),
              takedown,
              request.command(),
              scorer);
      Path embeddings = request.embeddings();
      if (embeddings != null) {
        EmbeddingWork.run(what, embeddings, request.json(), console);
        return;
      }
      try (lines) {
        counts = Preparation.run(what, engine, lines);
      }
      engine.end(request.out());
    }
    if (!lines.hasBegun()) {
      console.err().println("note: everything in " + request.out() + " was finished before");
    }
    if (request.json()) {
      console.out().println(Json.PRETTY.writeValueAsString(counts));
    } else {
      print(counts, request, console);
    }
    if (counts.samples() == 0) {
      throw NoSamples.of(counts, request.out());
    }
  }

  /** Shards that were begun are gone on with in the same way. */
  static void checkGoingOn(PrepareRequest request) {
    Preparation.settings(request.out())
        .ifPresent(
            kept ->
                Resume.check(
                    PrepareConfig.load(kept, List.of()), request.settings(), request.out()));
  }

  private static void print(Counts counts, PrepareRequest request, Console console) {
    CountLines lines = new CountLines(console);
    lines.count("rows", counts.rows());
    lines.count("with a picture", counts.downloadsOk());
    lines.count("cut out", counts.crops());
    lines.count("samples", counts.samples());
    counts.splits().forEach((split, rows) -> lines.count("  " + split, rows));
    console.out().println("lost");
    for (Map<String, Long> losses :
        List.of(counts.failures(), counts.cropFailures(), counts.leftOut())) {
      losses.forEach(
          (reason, rows) -> {
            if (!reason.equals("no_picture")) {
              lines.count("  " + reason, rows);
            }
          });
    }
    console
        .out()
        .printf(
            Locale.ROOT,
            "%s: shards, manifest.json, prepare.json, prepare.html, rows/%n",
            request.out());
  }
}
