package dev.facet.prepare.plan;

import dev.facet.base.SampleRandom;
import dev.facet.loader.data.Holdout;
import dev.facet.prepare.fetch.Hosts;
import dev.facet.prepare.fetch.Trail;

/**
 * Hosts dealt into lanes by a hash of their names: where many machines fetch, a lane is worked on
 * by one of them at a time, which so keeps the limits of its hosts. How many there are follows from
 * the plan alone, so that a preparation can go on with other machines.
 *
 * @param count lanes
 */
public record Lanes(int count) {
  /** Fewer would leave machines without work where a plan is small. */
  private static final int FEWEST = 16;

  /** More would make the pieces small that a part is put together from. */
  private static final int MOST = 256;

  /** For a plan of some parts. */
  public static Lanes of(int parts) {
    return new Lanes(Math.clamp(parts, FEWEST, MOST));
  }

  /** The lane of the host that an errand asks next; any one where it asks nobody. */
  public int of(Errand errand) {
    Trail trail = errand.trail();
    return lane(
        trail == null
            ? SampleRandom.mix(errand.rows().getFirst().ordinal())
            : Holdout.hash(trail.host()));
  }

  /** The hosts of a lane. */
  public Hosts hosts(int lane) {
    return host -> lane(Holdout.hash(host)) == lane;
  }

  /**
   * Parts that a lane works on together: as many as there are lanes, so that what it makes of them
   * has about as many rows as a part.
   */
  public int block(int part) {
    return part / count;
  }

  private int lane(long hash) {
    return (int) Long.remainderUnsigned(hash, count);
  }
}
