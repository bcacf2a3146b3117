package dev.facet.cli.preparation;

import dev.facet.base.Json;
import dev.facet.cli.console.Console;
import dev.facet.cli.console.Progress;
import dev.facet.cli.request.ConversionRequest;
import dev.facet.loader.Datasets;
import dev.facet.prepare.convert.Conversion;
import dev.facet.prepare.convert.ConversionCounts;
import java.io.IOException;

/** {@code facet prepare --to}. */
public final class ConversionWork {
  private ConversionWork() {}

  /** Writes data in another form, and prints the counts. */
  public static void run(ConversionRequest request, Console console) throws IOException {
    Conversion.Request what = request.what();
    long rows = Datasets.splits(what.source()).values().stream().mapToLong(Long::longValue).sum();
    ConversionCounts counts;
    try (Progress progress = console.progress("writing", "rows", rows)) {
      counts = Conversion.run(what, progress::update);
    }
    if (request.json()) {
      console.out().println(Json.PRETTY.writeValueAsString(counts));
      return;
    }
    CountLines lines = new CountLines(console);
    lines.count("rows", counts.rows());
    lines.count("samples", counts.samples());
    counts.splits().forEach((split, samples) -> lines.count("  " + split, samples));
    counts.lost().forEach((reason, lost) -> lines.count("lost, " + reason, lost));
  }
}
