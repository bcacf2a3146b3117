package dev.facet.loader;

import dev.facet.loader.BadSampleException.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Running totals that many threads add to. */
final class Counters {
  final LongAdder samples = new LongAdder();
  final LongAdder bytes = new LongAdder();
  final LongAdder waitNanos = new LongAdder();
  final LongAdder readNanos = new LongAdder();
  final LongAdder decodeNanos = new LongAdder();
  final LongAdder transformNanos = new LongAdder();
  final LongAdder textNanos = new LongAdder();
  private final Map<Reason, LongAdder> bad = new EnumMap<>(Reason.class);

  Counters() {
    for (Reason reason : Reason.values()) {
      bad.put(reason, new LongAdder());
    }
  }

  void addBad(Reason reason) {
    LongAdder adder = bad.get(reason);
    if (adder != null) {
      adder.increment();
    }
  }

  LoaderStats snapshot() {
    Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
    bad.forEach(
        (reason, count) -> {
          if (count.sum() > 0) {
            reasons.put(reason, count.sum());
          }
        });
    return new LoaderStats(
        samples.sum(),
        reasons,
        bytes.sum(),
        waitNanos.sum(),
        readNanos.sum(),
        decodeNanos.sum(),
        transformNanos.sum(),
        textNanos.sum());
  }
}
