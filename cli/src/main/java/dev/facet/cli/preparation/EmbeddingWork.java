package dev.facet.cli.preparation;

import dev.facet.base.Json;
import dev.facet.cli.console.Console;
import dev.facet.cli.console.Progress;
import dev.facet.prepare.EmbeddingPreparation;
import dev.facet.prepare.Preparation;
import dev.facet.prepare.embedding.JoinCounts;
import dev.facet.prepare.embedding.JoinProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code facet prepare} where vectors stand in place of pictures. */
final class EmbeddingWork {
  private EmbeddingWork() {}

  static void run(Preparation.Request request, Path embeddings, boolean json, Console console)
      throws IOException, InterruptedException {
    JoinCounts counts;
    try (Lines lines = new Lines(console)) {
      counts = EmbeddingPreparation.run(request, embeddings, lines);
    }
    if (json) {
      console.out().println(Json.PRETTY.writeValueAsString(counts));
      return;
    }
    CountLines lines = new CountLines(console);
    lines.count("rows", counts.rows());
    lines.count("vectors", counts.vectors());
    lines.count("samples", counts.samples());
    counts.splits().forEach((split, rows) -> lines.count("  " + split, rows));
    console.out().println("rows lost");
    counts.lostRows().forEach((reason, rows) -> lines.count("  " + reason, rows, counts.rows()));
    console.out().println("vectors lost");
    counts
        .lostVectors()
        .forEach((reason, lost) -> lines.count("  " + reason, lost, counts.vectors()));
    console
        .out()
        .printf(Locale.ROOT, "%s: shards, manifest.json, prepare.json, rows/%n", request.out());
  }

  /** Its progress. */
  private static final class Lines implements JoinProgress, AutoCloseable {
    private final Console console;
    private boolean joining;
    private @Nullable Progress line;

    Lines(Console console) {
      this.console = console;
    }

    @Override
    public void dealt(long rows, long total) {
      line("reading", total).update(rows);
    }

    @Override
    public void joined(long rows, long total) {
      if (!joining) {
        close();
        joining = true;
      }
      line("joining", total).update(rows);
    }

    private Progress line(String task, long total) {
      Progress open = line;
      if (open == null) {
        open = console.progress(task, "rows", total);
        line = open;
      }
      return open;
    }

    @Override
    public void close() {
      Progress open = line;
      if (open != null) {
        open.close();
        line = null;
      }
    }
  }
}
