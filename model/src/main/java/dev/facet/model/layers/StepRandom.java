package dev.facet.model.layers;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * The random numbers of a training step. They follow from a seed that the trainer sets, so that a
 * layer computed a second time, and a resumed run, draw the same.
 */
public final class StepRandom {
  private long seed;

  public void start(long step) {
    seed = step;
  }

  /**
   * A generator for one purpose.
   *
   * @param purpose any number that no other draw of the step uses
   */
  public SplittableRandom random(long purpose) {
    // Mixed first: the generator's streams of neighbouring seeds could otherwise be one, shifted.
    long mixed = new SplittableRandom(seed).nextLong();
    return new SplittableRandom(new SplittableRandom(mixed ^ purpose).nextLong());
  }

  /** A purpose for each name; small numbers are for draws without one. */
  static long purpose(String name) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    return crc.getValue() << 8;
  }
}
