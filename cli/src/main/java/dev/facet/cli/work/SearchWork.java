package dev.facet.cli.work;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.base.Printable;
import dev.facet.cli.config.Config;
import dev.facet.cli.console.Console;
import dev.facet.cli.console.Progress;
import dev.facet.cli.inspect.RowSheet;
import dev.facet.cli.request.SearchRequest;
import dev.facet.cli.request.SearchRequest.Query;
import dev.facet.eval.stored.EmbedManifest;
import dev.facet.eval.stored.Found;
import dev.facet.eval.stored.Side;
import dev.facet.eval.stored.StoredEmbeddings;
import dev.facet.eval.stored.StoredSearch;
import dev.facet.loader.data.Dataset;
import dev.facet.model.DualEncoder;
import dev.facet.model.text.CaptionTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/** {@code facet search} among stored embeddings. */
final class SearchWork {
  private SearchWork() {}

  static void run(SearchRequest request, Console console) throws IOException {
    EmbedManifest manifest = StoredEmbeddings.manifest(request.embeddings());
    float[] query = query(request, manifest);
    Side side = request.query() instanceof SearchRequest.Caption ? Side.PICTURES : Side.CAPTIONS;
    long vectors = side == Side.PICTURES ? manifest.pictures() : manifest.captions();
    List<Found> found;
    try (Progress progress = console.progress("searching", "vectors", vectors)) {
      found =
          StoredSearch.nearest(request.embeddings(), side, query, request.top(), progress::update);
    }
    Path sheet = request.sheet();
    if (sheet != null) {
      draw(sheet, found, request.config(), manifest);
    }
    console.out().print(request.json() ? json(request, manifest, found) : table(found));
    if (sheet != null) {
      console.err().println("contact sheet: " + sheet);
    }
  }

  /** The query's vector, by the model that made the stored ones. */
  private static float[] query(SearchRequest request, EmbedManifest manifest) throws IOException {
    Config config = request.config();
    Path folder = EvalWork.weights(request.model());
    try (CaptionTokenizer tokenizer = EvalWork.tokenizer(config, folder);
        DualEncoder model = Models.open(config.model(), folder)) {
      Models.requireTokens(tokenizer, model.config(), folder);
      Seen seen = Seen.of(config, folder);
      String identity = ModelIdentity.of(model, tokenizer, seen, config);
      if (!identity.equals(manifest.of().model())) {
        throw FacetException.usage(
            ("%s was embedded by the model %s (%s), this is %s (%s): name that one, with the settings"
                    + " (--set) that facet embed was given, or embed the data again")
                .formatted(
                    request.embeddings(),
                    manifest.of().model(),
                    manifest.of().checkpoint(),
                    identity,
                    folder));
      }
      return new QueryVector(model, tokenizer, seen.plain(config)).of(request.query());
    }
  }

  private static void draw(Path sheet, List<Found> found, Config config, EmbedManifest manifest)
      throws IOException {
    EmbedManifest.Origin of = manifest.of();
    SequencedMap<Long, String> texts = new LinkedHashMap<>();
    found.forEach(
        each ->
            texts.put(
                each.row(),
                String.format(Locale.ROOT, "%.3f %s", each.score(), each.captions().getFirst())));
    try (Dataset data = Sources.open(config.data(), of.split())) {
      if (data.layout() != of.layout()) {
        throw FacetException.usage(
            "--sheet: the rows of %s are not those that were embedded, of %s: name that with --data"
                .formatted(data.name(), of.data()));
      }
      RowSheet.write(sheet, data, texts, config.data().decoding(), config.data().boxSpace());
    }
  }

  private static String table(List<Found> found) {
    StringBuilder table = new StringBuilder();
    for (int i = 0; i < found.size(); i++) {
      Found each = found.get(i);
      table.append(
          String.format(
              Locale.ROOT,
              "%4d  %6.3f  %s  %s%n",
              i + 1,
              each.score(),
              Printable.of(each.id()),
              Printable.of(each.captions().getFirst())));
    }
    return table.toString();
  }

  private static String json(SearchRequest request, EmbedManifest manifest, List<Found> found)
      throws IOException {
    ObjectNode all = Json.PRETTY.createObjectNode();
    Query query = request.query();
    switch (query) {
      case SearchRequest.Caption caption -> all.put("caption", caption.text());
      case SearchRequest.Picture picture -> all.put("picture", picture.file().toString());
    }
    all.put("embeddings", request.embeddings().toString());
    all.put("model", manifest.of().model());
    all.put("data", manifest.of().data());
    all.put("split", manifest.of().split());
    ArrayNode list = all.putArray("found");
    for (Found each : found) {
      ObjectNode entry = list.addObject();
      entry.put("id", each.id());
      entry.put("row", each.row());
      entry.put("score", each.score());
      each.captions().forEach(entry.putArray("captions")::add);
    }
    return Json.PRETTY.writeValueAsString(all) + System.lineSeparator();
  }
}
