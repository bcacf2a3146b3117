package dev.facet.loader.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import dev.facet.loader.Pictures;
import dev.facet.loader.stats.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plants what makes a loader slow, and reads the sentence that the measurement ends with. */
class LoaderBenchTest {
  private static final byte[] SMALL = Pictures.jpeg(Pictures.busy(48, 40, 1));

  @Test
  void aSlowDiskIsNamedWithTheSettingThatHelps() throws InterruptedException {
    BenchResult result = run(new PlantedDataset(SMALL, 0, 4), batch -> {});

    assertThat(result.bottleneck())
        .startsWith("Storage is the limit")
        .contains("raise data.threads (now 2)");
    assertThat(result.stage(Stage.READ).p50Ms()).isGreaterThan(3.5);
  }

  @Test
  void slowOpeningOfChunksIsNamedWithTheSettingThatHelps() throws InterruptedException {
    BenchResult result = run(new PlantedDataset(SMALL, 20, 0), batch -> {});

    assertThat(result.bottleneck())
        .startsWith("Opening chunks is the limit")
        .contains("data.openers");
  }

  @Test
  void aSlowDecodeIsNamed() throws InterruptedException {
    byte[] large = Pictures.jpeg(Pictures.busy(1400, 1400, 1));
    BenchResult result = run(new PlantedDataset(large, 0, 0), batch -> {});

    assertThat(result.bottleneck()).startsWith("Decoding is the limit");
    assertThat(result.stage(Stage.DECODE).share()).isGreaterThan(0.5);
  }

  @Test
  void aSlowConsumerIsNamedAndTheLoaderAcquitted() throws InterruptedException {
    BenchResult result =
        run(new PlantedDataset(SMALL, 0, 0), batch -> PlantedDataset.pause(30_000_000));

    assertThat(result.bottleneck())
        .startsWith("The consumer is the limit")
        .contains("could deliver about");
    assertThat(result.ringOccupancy()).isGreaterThan(1);
  }

  @Test
  void theMedianRunOfEachNumberOfThreadsIsReported() throws Exception {
    List<BenchResult> results =
        BenchSetup.bench(new PlantedDataset(SMALL, 0, 0), batch -> {})
            .run(new BenchPlan(List.of(1, 3), 3, 0.02, 0.05));

    assertThat(results).extracting(BenchResult::threads).containsExactly(1, 3);
    for (BenchResult result : results) {
      assertThat(result.images()).isPositive();
      assertThat(result.imagesPerSecond() * result.seconds())
          .isCloseTo((double) result.images(), within(1e-6));
      // Of so short a run more than all: the system counts the processor's time in long ticks.
      assertThat(result.cpuShare()).isBetween(0.0, 2.0);
      assertThat(result.allocatedBytesPerSample()).isPositive();
      assertThat(result.stages()).hasSize(Stage.values().length);
    }
  }

  @Test
  void theJsonHasTheKeysThatOtherToolsRead() throws Exception {
    BenchResult result =
        BenchSetup.bench(new PlantedDataset(SMALL, 0, 0), batch -> {})
            .run(new BenchPlan(List.of(0), 1, 0, 0.02))
            .getFirst();

    JsonNode json = Json.LINE.readTree(Json.LINE.writeValueAsString(result));

    for (String key :
        List.of(
            "images_per_second",
            "threads",
            "cpu_share",
            "peak_rss_bytes",
            "allocated_bytes_per_sample",
            "bytes_per_second",
            "ring_occupancy",
            "skipped")) {
      assertThat(json.has(key)).as(key).isTrue();
    }
    assertThat(json.path("threads").asInt()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(json.path("bottleneck").asText()).endsWith(".");
    assertThat(json.path("stages").path("wait_slot").has("p95_ms")).isTrue();
    assertThat(json.path("stages").path("decode").path("share").isNumber()).isTrue();
  }

  private static BenchResult run(PlantedDataset dataset, LoaderBench.Consumer consumer)
      throws InterruptedException {
    return BenchSetup.bench(dataset, consumer)
        .run(new BenchPlan(List.of(2), 1, 0.4, 0.6))
        .getFirst();
  }
}
