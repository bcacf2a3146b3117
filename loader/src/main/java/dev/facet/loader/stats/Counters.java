package dev.facet.loader.stats;

import dev.facet.loader.data.BadSampleException.Reason;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/** Running totals that many threads add to. */
public final class Counters {
  private final long began = System.nanoTime();
  private final List<StageClock> clocks = new CopyOnWriteArrayList<>();
  private final LongAdder samples = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder batches = new LongAdder();
  private final LongAdder ready = new LongAdder();
  private final LongAdder badTotal = new LongAdder();
  private final Map<Reason, LongAdder> bad = new EnumMap<>(Reason.class);

  public Counters() {
    for (Reason reason : Reason.values()) {
      bad.put(reason, new LongAdder());
    }
  }

  /** A stop watch for one thread, whose times count here. */
  public StageClock clock() {
    StageClock clock = new StageClock();
    clocks.add(clock);
    return clock;
  }

  /** A sample is begun; whether it is good will be seen. */
  public void addSample() {
    samples.increment();
  }

  /** Encoded bytes of a picture. */
  public void addBytes(long read) {
    bytes.add(read);
  }

  /** The consumer asks for a batch while so many are complete. */
  public void addBatch(int complete) {
    batches.increment();
    ready.add(complete);
  }

  public void addBad(Reason reason) {
    badTotal.increment();
    LongAdder adder = bad.get(reason);
    if (adder != null) {
      adder.increment();
    }
  }

  /** Samples begun so far: what a share of bad ones is taken of, without a whole snapshot. */
  public long samples() {
    return samples.sum();
  }

  public long badTotal() {
    return badTotal.sum();
  }

  /**
   * All of them as they are now.
   *
   * @param allocatedBytes heap memory the loader's threads have allocated so far
   */
  public LoaderStats snapshot(long allocatedBytes) {
    Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
    bad.forEach(
        (reason, count) -> {
          if (count.sum() > 0) {
            reasons.put(reason, count.sum());
          }
        });
    Map<Stage, Timing> stages = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      stages.put(stage, timing(stage));
    }
    return new LoaderStats(
        System.nanoTime() - began,
        samples.sum(),
        reasons,
        bytes.sum(),
        batches.sum(),
        ready.sum(),
        allocatedBytes,
        stages);
  }

  private Timing timing(Stage stage) {
    long[] buckets = new long[Histogram.BUCKETS];
    long nanos = 0;
    for (StageClock clock : clocks) {
      nanos += clock.histogram(stage).addTo(buckets);
    }
    return new Timing(nanos, buckets);
  }
}
