package dev.facet.cli.work;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.base.Printable;
import dev.facet.cli.console.Console;
import dev.facet.cli.console.Progress;
import dev.facet.cli.request.CopiesRequest;
import dev.facet.cli.settings.DataConfig;
import dev.facet.loader.data.Dataset;
import dev.facet.prepare.duplicates.CopySearch;
import dev.facet.prepare.duplicates.CopySearch.Copy;
import dev.facet.prepare.duplicates.DuplicateSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;

/** {@code facet search --same-picture}. */
final class CopyWork {
  private CopyWork() {}

  static void run(CopiesRequest request, Console console) throws IOException, InterruptedException {
    DataConfig data = request.config().data();
    long most = data.decoding().maxBytes();
    if (Files.size(request.photo()) > most) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "%s has %,d bytes, more than the limit of %,d: raise data.max_bytes",
              request.photo(),
              Files.size(request.photo()),
              most));
    }
    byte[] photo = Files.readAllBytes(request.photo());
    SequencedMap<String, CopySearch.Result> results = new LinkedHashMap<>();
    for (String split : splits(request, data)) {
      try (Dataset dataset = Sources.open(data, split);
          Progress progress = console.progress("searching " + split, "pictures", dataset.size())) {
        results.put(
            split,
            CopySearch.find(
                dataset,
                photo,
                DuplicateSettings.DEFAULT,
                data.decoding(),
                data.read().workers(),
                progress::update));
      }
    }
    if (request.json()) {
      console.out().println(json(request, results));
    } else {
      print(results, console);
    }
  }

  private static List<String> splits(CopiesRequest request, DataConfig data) {
    SortedMap<String, Long> all = Sources.splits(data);
    String wanted = request.split();
    return wanted == null ? List.copyOf(all.keySet()) : List.of(wanted);
  }

  private static void print(Map<String, CopySearch.Result> results, Console console) {
    long rows = 0;
    long unreadable = 0;
    long copies = 0;
    boolean byLooks = true;
    for (Map.Entry<String, CopySearch.Result> each : results.entrySet()) {
      for (Copy copy : each.getValue().copies()) {
        console
            .out()
            .printf(
                Locale.ROOT,
                "%-8s  %s, row %d: %s%n",
                copy.sameBytes() ? "same" : "near",
                Printable.of(each.getKey()),
                copy.row(),
                Printable.of(copy.id()));
      }
      rows += each.getValue().rows();
      unreadable += each.getValue().unreadable();
      copies += each.getValue().copies().size();
      byLooks &= each.getValue().byLooks();
    }
    if (!byLooks) {
      console
          .err()
          .println(
              "note: the picture shows too little to be known again by its looks; only the same bytes"
                  + " were looked for");
    }
    console
        .err()
        .printf(
            Locale.ROOT,
            "%,d of %,d rows hold it or a near copy; %,d could not be read%n",
            copies,
            rows,
            unreadable);
  }

  private static String json(CopiesRequest request, Map<String, CopySearch.Result> results)
      throws IOException {
    ObjectNode all = Json.PRETTY.createObjectNode();
    all.put("picture", request.photo().toString());
    all.put("data", request.config().data().name());
    all.put("rows", results.values().stream().mapToLong(CopySearch.Result::rows).sum());
    all.put("unreadable", results.values().stream().mapToLong(CopySearch.Result::unreadable).sum());
    all.put("by_looks", results.values().stream().allMatch(CopySearch.Result::byLooks));
    ArrayNode copies = all.putArray("copies");
    results.forEach(
        (split, result) -> {
          for (Copy copy : result.copies()) {
            copies
                .addObject()
                .put("id", copy.id())
                .put("source", copy.source())
                .put("split", split)
                .put("row", copy.row())
                .put("same_bytes", copy.sameBytes())
                .put("bits", copy.bits());
          }
        });
    return Json.PRETTY.writeValueAsString(all);
  }
}
