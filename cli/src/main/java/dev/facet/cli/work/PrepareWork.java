package dev.facet.cli.work;

import dev.facet.base.Json;
import dev.facet.cli.command.PrepareRequest;
import dev.facet.cli.config.PrepareConfig;
import dev.facet.cli.config.Resume;
import dev.facet.cli.console.Console;
import dev.facet.prepare.Preparation;
import dev.facet.prepare.PrepareSettings;
import dev.facet.prepare.takedown.TakedownList;
import dev.facet.prepare.whole.Counts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code facet prepare}. */
final class PrepareWork {
  private PrepareWork() {}

  static void run(PrepareRequest request, Console console)
      throws IOException, InterruptedException {
    Preparation.settings(request.out())
        .ifPresent(
            kept ->
                Resume.check(
                    PrepareConfig.load(kept, List.of()), request.settings(), request.out()));
    String command = "facet prepare --source " + request.source() + " --out " + request.out();
    TakedownList takedown =
        request.takedown() == null ? TakedownList.NONE : TakedownList.read(request.takedown());
    Counts counts;
    try (ModelScorer scorer = scorer(request.settings());
        PreparationLines lines = new PreparationLines(console)) {
      counts =
          Preparation.run(
              new Preparation.Request(
                  request.source(),
                  request.out(),
                  request.settings(),
                  PrepareConfig.toYaml(request.settings()),
                  takedown,
                  command,
                  scorer),
              lines);
    }
    if (request.json()) {
      console.out().println(Json.PRETTY.writeValueAsString(counts));
    } else {
      print(counts, request, console);
    }
  }

  /** Opened before anything is fetched: what is wrong with it shows at once. */
  private static @Nullable ModelScorer scorer(PrepareSettings settings) throws IOException {
    Path checkpoint = settings.filter().checkpoint();
    return settings.filter().asksModel() && checkpoint != null
        ? ModelScorer.open(checkpoint, settings.decode())
        : null;
  }

  private static void print(Counts counts, PrepareRequest request, Console console) {
    line(console, "rows", counts.rows());
    line(console, "with a picture", counts.downloadsOk());
    line(console, "cut out", counts.crops());
    line(console, "samples", counts.samples());
    counts.splits().forEach((split, rows) -> line(console, "  " + split, rows));
    console.out().println("lost");
    for (Map<String, Long> losses :
        List.of(counts.failures(), counts.cropFailures(), counts.leftOut())) {
      losses.forEach(
          (reason, rows) -> {
            if (!reason.equals("no_picture")) {
              line(console, "  " + reason, rows);
            }
          });
    }
    console
        .out()
        .printf(Locale.ROOT, "%s: shards, manifest.json, prepare.json, rows/%n", request.out());
  }

  private static void line(Console console, String name, long count) {
    console.out().printf(Locale.ROOT, "%-26s %,12d%n", name, count);
  }
}
