package dev.facet.cli.work;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.cli.console.Console;
import dev.facet.cli.console.Progress;
import dev.facet.cli.request.EvalBenchRequest;
import dev.facet.eval.retrieval.Embeddings;
import dev.facet.eval.retrieval.RankRate;
import dev.facet.eval.retrieval.RankingWork;
import dev.facet.eval.retrieval.RetrievalSettings;
import dev.facet.eval.stored.MappedVectors;
import dev.facet.eval.stored.WorkFolder;
import dev.facet.model.similarity.ProductRate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/** {@code facet bench eval}: ranks of random vectors beside the plain matrix product. */
final class EvalBenchWork {
  private static final long SEED = 1;

  private EvalBenchWork() {}

  static void run(EvalBenchRequest request, Console console) throws IOException {
    double before = ProductRate.measure(request.width(), request.threads(), request.seconds());
    RankRate ranked;
    try (WorkFolder folder = WorkFolder.open(request.work())) {
      folder.done();
      Embeddings queries =
          random(folder.path().resolve("queries.f32"), request.queries(), 0, request);
      Embeddings candidates =
          random(folder.path().resolve("candidates.f32"), request.candidates(), 1, request);
      try (Progress progress = console.progress("ranking", "queries", request.queries())) {
        ranked =
            RankRate.measure(
                queries,
                candidates,
                RetrievalSettings.standard(request.threads()),
                RankingWork.plain().telling(progress::update));
      }
    }
    double after = ProductRate.measure(request.width(), request.threads(), request.seconds());
    ObjectNode figures = figures(request, ranked, before, after);
    console.out().println(request.json() ? Json.PRETTY.writeValueAsString(figures) : text(figures));
  }

  /** Unit vectors whose numbers are drawn evenly from -1 to 1 before. */
  private static Embeddings random(Path file, int rows, int stream, EvalBenchRequest request)
      throws IOException {
    int width = request.width();
    SplittableRandom random = new SplittableRandom(SEED + stream);
    float[] vector = new float[width];
    try (MappedVectors vectors = new MappedVectors(file)) {
      for (int row = 0; row < rows; row++) {
        double squares = 0;
        for (int i = 0; i < width; i++) {
          vector[i] = 2 * (random.nextInt() >>> 8) * 0x1p-24f - 1;
          squares += (double) vector[i] * vector[i];
        }
        double length = Math.sqrt(squares);
        for (int i = 0; i < width && length > 0; i++) {
          vector[i] = (float) (vector[i] / length);
        }
        vectors.add(vector, width);
      }
      return new Embeddings(vectors.map(), width);
    }
  }

  private static ObjectNode figures(
      EvalBenchRequest request, RankRate ranked, double before, double after) {
    double pairs = (double) request.queries() * request.candidates();
    double rate = pairs * 2 * request.width() / ranked.seconds();
    double plain = (before + after) / 2;
    ObjectNode json = Json.PRETTY.createObjectNode();
    json.put("queries", request.queries());
    json.put("candidates", request.candidates());
    json.put("width", request.width());
    json.put("threads", request.threads());
    json.put("seconds", ranked.seconds());
    json.put("pairs_per_second", pairs / ranked.seconds());
    json.put("gflop_per_second", rate / 1e9);
    json.put("product_gflop_per_second_before", before / 1e9);
    json.put("product_gflop_per_second_after", after / 1e9);
    json.put("ratio", rate / plain);
    json.put("median_rank", ranked.figures().medianRank());
    if (request.queries() < request.candidates()) {
      json.put(
          "extrapolated_seconds_for_all_candidates_as_queries",
          ranked.seconds() * request.candidates() / request.queries());
    }
    return json;
  }

  private static String text(ObjectNode json) {
    String all =
        String.format(
            Locale.ROOT,
            """
            %,d queries among %,d candidates of width %d on %d threads: %.1f s
            %,.0f pairs/s, %.1f GFLOP/s
            plain matrix product: %.1f GFLOP/s before, %.1f after; ratio %.2f""",
            json.path("queries").asInt(),
            json.path("candidates").asInt(),
            json.path("width").asInt(),
            json.path("threads").asInt(),
            json.path("seconds").asDouble(),
            json.path("pairs_per_second").asDouble(),
            json.path("gflop_per_second").asDouble(),
            json.path("product_gflop_per_second_before").asDouble(),
            json.path("product_gflop_per_second_after").asDouble(),
            json.path("ratio").asDouble());
    double extrapolated =
        json.path("extrapolated_seconds_for_all_candidates_as_queries").asDouble();
    return extrapolated == 0
        ? all
        : all
            + "\nextrapolated, not measured: all "
            + String.format(Locale.ROOT, "%,d", json.path("candidates").asInt())
            + " as queries, one direction: "
            + Progress.time(Math.round(extrapolated));
  }
}
