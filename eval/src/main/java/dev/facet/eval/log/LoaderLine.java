package dev.facet.eval.log;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.facet.loader.stats.LoaderStats;
import dev.facet.loader.stats.Stage;
import dev.facet.loader.stats.Timing;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the loader did since the line before of this kind, or since the run or its resumption began.
 *
 * @param step optimizer steps done
 * @param seconds length of that time
 * @param samples samples begun, bad ones included; the loader works ahead of the steps
 * @param bytesPerSecond encoded image bytes
 * @param ringOccupancy batches that were complete when the next was asked for, on average
 * @param skipped samples dropped, by reason in lower case; those that did not occur are absent
 * @param stages times by {@link Stage#key}; stages that did not occur are absent
 * @param time when it was written
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record LoaderLine(
    long step,
    double seconds,
    long samples,
    double bytesPerSecond,
    double ringOccupancy,
    Map<String, Long> skipped,
    Map<String, StageTime> stages,
    @JsonSerialize(using = ToStringSerializer.class) @JsonDeserialize(converter = InstantText.class)
        Instant time)
    implements RunLine {

  /**
   * What one stage took, in milliseconds to three decimals.
   *
   * @param totalMs over all threads
   * @param p50Ms median, within 6 percent
   * @param p95Ms 95th percentile, within 6 percent
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record StageTime(long count, double totalMs, double p50Ms, double p95Ms) {
    private static StageTime of(Timing timing) {
      return new StageTime(
          timing.count(),
          millis((double) timing.nanos()),
          millis(timing.quantile(0.5)),
          millis(timing.quantile(0.95)));
    }

    private static double millis(double nanos) {
      return Math.round(nanos / 1e3) / 1e3;
    }
  }

  /** The line of an interval. */
  public static LoaderLine of(long step, LoaderStats interval, Instant time) {
    Map<String, Long> skipped = new TreeMap<>();
    interval
        .bad()
        .forEach((reason, count) -> skipped.put(reason.name().toLowerCase(Locale.ROOT), count));
    Map<String, StageTime> stages = new LinkedHashMap<>();
    for (Stage stage : Stage.values()) {
      if (interval.stage(stage).count() > 0) {
        stages.put(stage.key(), StageTime.of(interval.stage(stage)));
      }
    }
    return new LoaderLine(
        step,
        interval.nanos() / 1e9,
        interval.samples(),
        interval.bytesPerSecond(),
        interval.ringOccupancy(),
        skipped,
        stages,
        time);
  }
}
