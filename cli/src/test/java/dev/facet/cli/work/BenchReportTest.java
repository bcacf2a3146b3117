package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.augment.Augmentation;
import dev.facet.base.Json;
import dev.facet.loader.bench.BenchResult;
import dev.facet.loader.bench.BenchResult.StageFigures;
import dev.facet.loader.decode.DecodeSettings;
import dev.facet.loader.picture.BoxSpace;
import dev.facet.loader.picture.ImageSettings;
import dev.facet.loader.picture.PixelType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BenchReportTest {
  private static final BenchReport REPORT =
      new BenchReport(List.of(result(1, 1000), result(2, 1900)), pixels(PixelType.UINT8), 0, 64);

  @Test
  void jsonHasTheFiguresOfTheLastRunAndTheScaling() throws JsonProcessingException {
    JsonNode json = Json.LINE.readTree(REPORT.json());
    assertThat(json.path("images_per_second").asDouble()).isEqualTo(1900);
    assertThat(json.path("threads").asInt()).isEqualTo(2);
    assertThat(json.path("cpu_share").asDouble()).isEqualTo(0.9);
    assertThat(json.path("peak_rss_bytes").asLong()).isEqualTo(300L << 20);
    assertThat(json.path("allocated_bytes_per_sample").asDouble()).isEqualTo(130);
    assertThat(json.path("stages").path("decode").path("p95_ms").asDouble()).isEqualTo(2);
    assertThat(json.path("bottleneck").asText()).isEqualTo("Decoding is the limit.");
    assertThat(json.path("scaling").path(1).path("speedup").asDouble()).isEqualTo(1.9);
  }

  @Test
  void oneNumberOfThreadsHasNoScaling() throws JsonProcessingException {
    BenchReport one = new BenchReport(List.of(result(1, 10)), pixels(PixelType.FLOAT32), 77, 64);
    assertThat(Json.LINE.readTree(one.json()).has("scaling")).isFalse();
    assertThat(one.text())
        .startsWith("10 images/s")
        .contains("float32", "captions of 77 ids")
        .doesNotContain("speed-up");
  }

  @Test
  void theTextEndsWithTheSentence() {
    assertThat(REPORT.text())
        .contains("      2      1,900     1.90x        90%\n")
        .contains("decode                 80.0%       1.000       2.000\n")
        .contains("skipped: corrupt 3")
        .endsWith("\n\nDecoding is the limit.");
  }

  private static ImageSettings pixels(PixelType type) {
    ImageSettings plain =
        ImageSettings.plain(224, Augmentation.DEFAULT, DecodeSettings.DEFAULT, BoxSpace.DISPLAYED);
    return new ImageSettings(
        plain.size(),
        plain.augment(),
        plain.mean(),
        plain.std(),
        plain.decode(),
        plain.boxSpace(),
        type);
  }

  private static BenchResult result(int threads, double imagesPerSecond) {
    return new BenchResult(
        threads,
        4,
        4,
        20,
        1000,
        imagesPerSecond,
        1e6,
        0.9,
        300L << 20,
        130,
        1.5,
        4,
        Map.of("decode", new StageFigures(1000, 0.8, 1, 2)),
        Map.of("corrupt", 3L),
        "Decoding is the limit.");
  }
}
