package dev.facet.model.layers;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * The random numbers of a training step. They follow from a seed that the trainer sets, so that a
 * layer computed a second time, and a resumed run, draw the same; those of a row also from its
 * place in the step's batch, so that a batch seen in parts draws what the whole one does.
 */
public final class StepRandom {
  private long seed;
  private long first;

  /**
   * Begins a step, or a part of it.
   *
   * @param step seed of the step
   * @param firstRow place in the step's batch of the first row to come
   */
  public void start(long step, long firstRow) {
    seed = step;
    first = firstRow;
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

  /**
   * A generator for one purpose and one row.
   *
   * @param row from 0, of the rows that are computed now
   */
  SplittableRandom random(long purpose, int row) {
    long own = random(purpose).nextLong() + first + row;
    return new SplittableRandom(new SplittableRandom(own).nextLong());
  }

  /** A purpose for each name; small numbers are for draws without one. */
  static long purpose(String name) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    return crc.getValue() << 8;
  }
}
