package dev.facet.cli.work;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.cli.console.Console;
import dev.facet.cli.request.CompareRequest;
import dev.facet.eval.measure.Bootstrap;
import dev.facet.eval.measure.Comparison;
import dev.facet.eval.measure.RankedPicture;
import dev.facet.eval.report.ComparisonJson;
import dev.facet.eval.report.ComparisonTable;
import dev.facet.eval.retrieval.RetrievalSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code facet compare}. */
final class CompareWork {
  private CompareWork() {}

  static void run(CompareRequest request, Console console) throws IOException {
    List<StoredResult> results = new ArrayList<>();
    for (Path path : request.results()) {
      StoredResult result = StoredResult.open(path);
      if (!results.isEmpty()) {
        StoredResult first = results.getFirst();
        result.requireRule(first.rule(), first.file());
      }
      results.add(result);
    }
    StoredResult first = results.getFirst();
    List<RankedPicture> before = first.pictures();
    ArrayNode all = Json.PRETTY.createArrayNode();
    for (StoredResult other : results.subList(1, results.size())) {
      Comparison comparison =
          Comparison.of(
              before,
              other.pictures(),
              List.of(),
              RetrievalSettings.DEPTH,
              new Bootstrap(request.resamples(), request.seed()),
              request.examples());
      ObjectNode node = all.addObject();
      node.put("before", first.file().toString());
      node.put("after", other.file().toString());
      node.setAll(ComparisonJson.of(comparison));
      if (!request.json()) {
        console.out().println("before " + first.file());
        console.out().println("after  " + other.file());
        console.out().print(ComparisonTable.of(comparison));
      }
    }
    if (request.json()) {
      console.out().println(Json.PRETTY.writeValueAsString(all));
    }
  }
}
