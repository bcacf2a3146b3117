package dev.facet.loader.stats;

import dev.facet.loader.data.BadSampleException.Reason;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a loader has done since it started, or in the {@linkplain #since interval} between two such
 * snapshots. Threads go on while a snapshot is taken, so its figures may be a sample apart.
 *
 * @param nanos wall clock, from the start of the loader
 * @param samples samples begun, bad ones included
 * @param bad samples dropped, by reason; reasons that never occurred are absent
 * @param bytes encoded image bytes read
 * @param batches how often the consumer asked for a batch
 * @param ready batches that were complete at those moments, summed up
 * @param allocatedBytes heap memory allocated by the loader's running threads; 0 where the JVM does
 *     not tell
 * @param stages times by stage, summed over threads, so they may exceed the wall clock; a thread
 *     asleep at the time of the snapshot counts once it wakes
 */
public record LoaderStats(
    long nanos,
    long samples,
    Map<Reason, Long> bad,
    long bytes,
    long batches,
    long ready,
    long allocatedBytes,
    Map<Stage, Timing> stages) {

  public LoaderStats {
    bad = Map.copyOf(bad);
    stages = Map.copyOf(stages);
  }

  /** Samples dropped for any reason. */
  public long badTotal() {
    return bad.values().stream().mapToLong(Long::longValue).sum();
  }

  public Timing stage(Stage stage) {
    return stages.getOrDefault(stage, Timing.NONE);
  }

  public double samplesPerSecond() {
    return perSecond(samples);
  }

  /** Encoded image bytes. */
  public double bytesPerSecond() {
    return perSecond(bytes);
  }

  /** How many batches were complete when the consumer asked for one, on average. */
  public double ringOccupancy() {
    return batches == 0 ? 0 : (double) ready / batches;
  }

  /** What happened between an earlier snapshot of the same loader and this one. */
  public LoaderStats since(LoaderStats earlier) {
    Map<Reason, Long> newlyBad = new EnumMap<>(Reason.class);
    bad.forEach(
        (reason, count) -> {
          long more = count - earlier.bad.getOrDefault(reason, 0L);
          if (more > 0) {
            newlyBad.put(reason, more);
          }
        });
    Map<Stage, Timing> times = new EnumMap<>(Stage.class);
    stages.forEach((stage, timing) -> times.put(stage, timing.since(earlier.stage(stage))));
    return new LoaderStats(
        nanos - earlier.nanos,
        samples - earlier.samples,
        newlyBad,
        bytes - earlier.bytes,
        batches - earlier.batches,
        ready - earlier.ready,
        // A thread that ended in between takes its count with it.
        Math.max(0, allocatedBytes - earlier.allocatedBytes),
        times);
  }

  private double perSecond(long amount) {
    return nanos == 0 ? 0 : amount * 1e9 / nanos;
  }
}
