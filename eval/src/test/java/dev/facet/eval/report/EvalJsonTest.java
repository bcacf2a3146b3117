package dev.facet.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

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
    EvalJson.write(file, Sample.retrieval().result(), Sample.COVERAGE, Sample.SOURCE);

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
    JsonNode root = EvalJson.of(Sample.retrieval().result(), Sample.COVERAGE, Sample.SOURCE);

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

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
