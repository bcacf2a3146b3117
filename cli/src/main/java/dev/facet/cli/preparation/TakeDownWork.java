package dev.facet.cli.preparation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.cli.config.PrepareConfig;
import dev.facet.cli.console.Console;
import dev.facet.cli.request.TakeDownRequest;
import dev.facet.prepare.Preparation;
import dev.facet.prepare.Remains;
import dev.facet.prepare.TakeDown;
import dev.facet.prepare.duplicates.DuplicateSettings;
import dev.facet.prepare.takedown.TakedownList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** {@code facet prepare --takedown LIST --in DIR}. */
public final class TakeDownWork {
  private TakeDownWork() {}

  /** Removes what is listed from shards, and prints what was found. */
  public static void run(TakeDownRequest request, Console console) throws IOException {
    DuplicateSettings duplicates =
        Preparation.settings(request.folder())
            .map(kept -> PrepareConfig.load(kept, List.of()).duplicates())
            .orElse(DuplicateSettings.DEFAULT);
    TakeDown.Result result =
        TakeDown.run(request.folder(), TakedownList.read(request.list()), duplicates);
    if (request.json()) {
      console.out().println(Json.PRETTY.writeValueAsString(json(result)));
    } else {
      print(result, request.folder(), console);
    }
  }

  private static ObjectNode json(TakeDown.Result result) {
    ObjectNode json = Json.PRETTY.createObjectNode();
    json.put("samples_removed", result.rows());
    json.put("rows_taken_down", result.outcomes());
    ArrayNode rewritten = json.putArray("shards_rewritten");
    result.rewritten().forEach(rewritten::add);
    ArrayNode emptied = json.putArray("shards_removed");
    result.emptied().forEach(emptied::add);
    json.put("resumed", result.resumed());
    ArrayNode removed = json.putArray("files_removed");
    result.removed().forEach(file -> removed.add(file.toString()));
    ArrayNode left = json.putArray("files_left");
    for (Remains.File file : result.left()) {
      left.addObject().put("path", file.path().toString()).put("why", file.why());
    }
    return json;
  }

  private static void print(TakeDown.Result result, Path folder, Console console) {
    if (result.resumed()) {
      console.out().println("an earlier take-down, which was stopped, is done now");
    }
    if (result.rows() == 0 && result.outcomes() == 0) {
      console.out().printf("nothing of the list is in %s; it is kept for later runs%n", folder);
    } else {
      console
          .out()
          .printf(
              Locale.ROOT,
              "%,d samples removed: %d shards rewritten, %d gone; %,d rows taken down%n",
              result.rows(),
              result.rewritten().size(),
              result.emptied().size(),
              result.outcomes());
    }
    for (Path file : result.removed()) {
      console.out().println("removed " + file);
    }
    for (Remains.File file : result.left()) {
      console.out().printf("look at %s: %s%n", file.path(), file.why());
    }
  }
}
