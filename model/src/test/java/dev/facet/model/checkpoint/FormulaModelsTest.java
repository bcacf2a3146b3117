package dev.facet.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import dev.facet.model.Architecture;
import dev.facet.model.DualEncoder;
import dev.facet.model.Formula;
import dev.facet.model.GoldenFile;
import dev.facet.model.Tiny;
import dev.facet.model.clip.ClipConfig;
import dev.facet.model.config.ConfigFile;
import dev.facet.model.ops.Ops;
import dev.facet.model.ops.Threads;
import dev.facet.model.training.TrainingBatch;
import dev.facet.model.training.TrainingStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Models as wide as the published ones, of one layer, against numbers that transformers 5.18.0 made
 * from the same weights: what goes wrong at some width only, no tiny model shows.
 */
class FormulaModelsTest {
  /** Features are kept at every seventh place. */
  private static final int PLACES = 7;

  static List<String> models() throws IOException {
    try (Stream<Path> files = Files.list(GoldenFile.resource("formula"))) {
      return files
          .map(file -> Objects.requireNonNull(file.getFileName()).toString())
          .filter(name -> name.endsWith(".json"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void featuresLossAndGradientsAreThoseOfTransformersAtOneThreadAndAtTwo(String name)
      throws IOException {
    JsonNode expected = Json.read(GoldenFile.resource("formula").resolve(name), JsonNode.class);
    Architecture config = Architectures.fromConfig(new ConfigFile(name, expected.get("config")));
    try (DualEncoder model = DualEncoder.random(config, Tiny.options(0))) {
      model.weights().forEach(FormulaModelsTest::fill);
      for (int threads : List.of(1, 2)) {
        try (NDManager scope = model.manager().newSubManager();
            Threads _ = Threads.of(threads)) {
          compare(model, scope, expected);
        }
      }
    }
  }

  private static void fill(String name, NDArray weight) {
    try (NDArray values =
        weight.getManager().create(Formula.weight(name, weight.getShape().getShape()))) {
      Ops.get().assign(weight, values.reshape(weight.getShape()));
    }
  }

  private static void compare(DualEncoder model, NDManager scope, JsonNode expected) {
    int batch = expected.get("batch").asInt();
    Map<String, NDArray> weights = model.weights();
    NDArray pixels = pixels(scope, batch, model.config());
    NDArray ids = ids(scope, batch, model.config());
    long[] own = new long[batch];
    for (int i = 0; i < batch; i++) {
      own[i] = i;
    }
    float loss =
        new TrainingStep(model.contrastive())
            .gradients(new TrainingBatch(pixels, ids, scope.create(own), 0), 0)
            .total();
    features("image", model.encodeImages(pixels, false), expected);
    features("text", model.encodeTexts(ids, false), expected);
    double reference = expected.get("loss").asDouble();
    assertThat((double) loss).isCloseTo(reference, within(1e-5 * (1 + reference)));
    List<String> names = new ArrayList<>();
    expected.get("gradients").fieldNames().forEachRemaining(names::add);
    assertThat(weights.keySet()).containsExactlyInAnyOrderElementsOf(names);
    weights.forEach((name, weight) -> gradient(name, weight, expected.get("gradients").get(name)));
    // Those of the next pass would be added to them.
    weights.values().forEach(each -> each.getGradient().muli(0));
  }

  private static void features(String which, NDArray found, JsonNode expected) {
    float[] values = found.toFloatArray();
    JsonNode kept = expected.get(which);
    assertThat(kept).hasSize((values.length + PLACES - 1) / PLACES);
    for (int i = 0; i < kept.size(); i++) {
      assertThat((double) values[i * PLACES])
          .as("%s feature %d", which, i * PLACES)
          .isCloseTo(kept.get(i).asDouble(), within(1e-5));
    }
  }

  /** Length, and how far it goes in a direction that belongs to the name. */
  private static void gradient(String name, NDArray weight, JsonNode expected) {
    float[] values = weight.getGradient().toFloatArray();
    Formula.Units direction = Formula.of("along " + name);
    double squares = 0;
    double along = 0;
    for (int i = 0; i < values.length; i++) {
      squares += (double) values[i] * values[i];
      along += values[i] * direction.at(i);
    }
    double length = expected.get(0).asDouble();
    // Where the true gradient is 0, as of the keys' biases, noise is left.
    double tolerance = 1e-4 * length + 1e-5;
    assertThat(Math.sqrt(squares)).as(name).isCloseTo(length, within(tolerance));
    assertThat(along).as(name).isCloseTo(expected.get(1).asDouble(), within(tolerance));
  }

  private static NDArray pixels(NDManager scope, int batch, Architecture config) {
    int side = config.imageSize();
    float[] values = new float[batch * 3 * side * side];
    Formula.Units units = Formula.of("pixel_values");
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (1.5 * units.at(i));
    }
    return scope.create(values, new Shape(batch, 3, side, side));
  }

  private static NDArray ids(NDManager scope, int batch, Architecture config) {
    int length = config.contextLength();
    long[] values = new long[batch * length];
    Formula.Units units = Formula.of("input_ids");
    for (int i = 0; i < values.length; i++) {
      values[i] = (long) Math.floor((units.at(i) + 1) / 2 * 195) + 3;
    }
    if (config instanceof ClipConfig clip) {
      int end = clip.readsHighest() ? 2 : clip.eosToken();
      for (int row = 0; row < batch; row++) {
        values[row * length + 2 + row % (length - 3)] = end;
        values[row * length + length - 1] = end;
      }
    }
    return scope.create(values, new Shape(batch, length));
  }
}
