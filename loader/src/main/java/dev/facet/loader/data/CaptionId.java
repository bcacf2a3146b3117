package dev.facet.loader.data;

import dev.facet.base.SampleRandom;
import java.nio.LongBuffer;

/**
 * Captions told apart by 64 bits, as a model sees them: of equal token ids, whatever text they were
 * made of. Among 15 million different ones two coincide with a probability of about one in 160,000.
 */
public final class CaptionId {
  private CaptionId() {}

  /** Of {@code length} token ids from {@code from} on, padding included. */
  public static long of(LongBuffer ids, int from, int length) {
    long id = length;
    for (int i = 0; i < length; i++) {
      id = SampleRandom.mix(id ^ ids.get(from + i));
    }
    return id;
  }
}
