package dev.facet.loader;

import dev.facet.loader.BadSampleException.Reason;
import java.util.Map;

/**
 * What a loader has done since it started. Stage times are summed over all threads, so they may
 * exceed the wall clock.
 *
 * @param samples samples read, bad ones included
 * @param bad samples dropped, by reason; reasons that never occurred are absent
 * @param bytes encoded image bytes read
 * @param waitNanos how long the consumer was blocked in {@link Loader#next}
 * @param readNanos opening chunks and reading rows
 * @param decodeNanos header check and decoding
 * @param transformNanos cropping, resampling, colour matrix
 * @param textNanos caption choice and encoding
 */
public record LoaderStats(
    long samples,
    Map<Reason, Long> bad,
    long bytes,
    long waitNanos,
    long readNanos,
    long decodeNanos,
    long transformNanos,
    long textNanos) {

  /** Samples dropped for any reason. */
  public long badTotal() {
    return bad.values().stream().mapToLong(Long::longValue).sum();
  }
}
