package dev.facet.loader.bench;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.facet.loader.stats.Stage;
import java.util.Map;
import java.util.Objects;

/**
 * One measurement, after the warm-up. Its components in snake case are the keys of {@code facet
 * bench loader --json}.
 *
 * @param threads worker threads
 * @param cores processors of this machine
 * @param warmupSeconds not counted
 * @param seconds counted
 * @param images good samples delivered
 * @param imagesPerSecond images / seconds
 * @param bytesPerSecond encoded image bytes read per second
 * @param cpuShare processor time of the whole process / (seconds x cores), in [0, 1]
 * @param peakRssBytes peak resident memory of the process since its start; 0 where unknown
 * @param allocatedBytesPerSample heap memory allocated by the loader's threads and the consumer,
 *     per sample; 0 where the JVM does not tell
 * @param ringOccupancy batches that were complete when the consumer asked for one, on average
 * @param slots batches that can be
 * @param stages by {@link Stage#key}, in the order of the enum
 * @param skipped bad samples by reason, in lower case
 * @param bottleneck one sentence: what to change
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record BenchResult(
    int threads,
    int cores,
    double warmupSeconds,
    double seconds,
    long images,
    double imagesPerSecond,
    double bytesPerSecond,
    double cpuShare,
    long peakRssBytes,
    double allocatedBytesPerSample,
    double ringOccupancy,
    int slots,
    Map<String, StageFigures> stages,
    Map<String, Long> skipped,
    String bottleneck) {

  /**
   * What one stage took.
   *
   * @param share of the time of the threads it belongs to: all workers, the reader or the consumer
   * @param p50Ms median in milliseconds, within 6 percent
   * @param p95Ms 95th percentile in milliseconds
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record StageFigures(long count, double share, double p50Ms, double p95Ms) {}

  public StageFigures stage(Stage stage) {
    return Objects.requireNonNull(stages.get(stage.key()));
  }
}
