package dev.facet.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvalJsonTest {
  @TempDir Path dir;

  @Test
  void theFileHoldsTheAgreedKeysFirstAndRecallsAsFractions() throws IOException {
    Path file = dir.resolve("eval.json");
    EvalJson.write(file, EvalJson.of(Sample.evaluation(), Sample.COVERAGE, Sample.SOURCE));

    JsonNode root = Json.LINE.readTree(Files.readString(file));
    assertThat(names(root).subList(0, 3))
        .containsExactly("pairs", "image_to_text", "text_to_image");
    assertThat(names(root.get("image_to_text")).subList(0, 5))
        .containsExactly("r1", "r5", "r10", "median_rank", "mrr");
    assertThat(root.get("pairs").asInt()).isEqualTo(5);
    assertThat(root.get("text_to_image").get("r1").asDouble()).isEqualTo(0.8);
    assertThat(root.get("text_to_image").get("median_rank").asDouble()).isEqualTo(1);
  }

  @Test
  void theFileSaysWhatTheFiguresDependOn() {
    JsonNode root = EvalJson.of(Sample.evaluation(), Sample.COVERAGE, Sample.SOURCE);

    assertThat(root.get("rows").asInt()).isEqualTo(7);
    assertThat(root.get("scored").asInt()).isEqualTo(4);
    assertThat(root.get("skipped").toString()).isEqualTo("{\"missing\":2,\"no_caption\":1}");
    assertThat(root.get("identity").asText()).isEqualTo("4f1d");
    assertThat(root.get("images").asInt()).isEqualTo(4);
    assertThat(root.get("captions").asInt()).isEqualTo(5);
    assertThat(root.get("repeated_images").asInt()).isZero();
    assertThat(root.get("repeated_captions").asInt()).isZero();
    assertThat(root.get("identical_captions").asInt()).isZero();
    assertThat(root.get("tie_rule").asText()).isEqualTo("index");
    assertThat(root.get("checkpoint").asText()).isEqualTo("runs/a/checkpoints/last");
    assertThat(root.get("split").asText()).isEqualTo("test");
    assertThat(root.get("step").asLong()).isEqualTo(900);
    assertThat(root.get("chance").get("text_to_image").get("r1").asDouble()).isEqualTo(0.25);
  }

  @Test
  void everyFigureOfADirectionHasItsInterval() {
    JsonNode root = EvalJson.of(Sample.evaluation(), Sample.COVERAGE, Sample.SOURCE);

    for (String direction : List.of("image_to_text", "text_to_image")) {
      JsonNode figures = root.get(direction);
      List<String> named = new ArrayList<>(names(figures));
      assertThat(named.removeLast()).isEqualTo("interval");
      assertThat(names(figures.get("interval"))).isEqualTo(named);
      for (String name : named) {
        JsonNode interval = figures.get("interval").get(name);
        assertThat(figures.get(name).asDouble())
            .as(name)
            .isBetween(interval.get(0).asDouble(), interval.get(1).asDouble());
      }
    }
    assertThat(root.get("rsum").asDouble()).isCloseTo(580, within(1e-9));
    assertThat(root.get("rsum_interval")).hasSize(2);
    assertThat(root.get("intervals").toString())
        .isEqualTo("{\"level\":0.95,\"over\":\"images\",\"resamples\":100,\"seed\":0}");
  }

  @Test
  void bothConventionsAndTheNamesOfClipBenchmarkStandBesideOurs() {
    JsonNode root = EvalJson.of(Sample.evaluation(), Sample.COVERAGE, Sample.SOURCE);

    assertThat(names(root.get("conventions"))).containsExactly("positive", "strict");
    assertThat(root.at("/conventions/strict/text_to_image/r1").asDouble()).isEqualTo(0.8);
    assertThat(root.get("image_retrieval_recall@1").asDouble()).isEqualTo(0.8);
    assertThat(root.get("text_retrieval_recall@1").asDouble()).isEqualTo(1);
    assertThat(names(root))
        .contains(
            "image_retrieval_recall@5", "text_retrieval_recall@5", "text_retrieval_recall@10");
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
