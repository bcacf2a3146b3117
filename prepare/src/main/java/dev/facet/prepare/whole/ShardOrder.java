package dev.facet.prepare.whole;

import dev.facet.base.SampleRandom;
import java.util.Arrays;
import java.util.List;

/**
 * The order of samples in the shards: a random draw that follows from the seed and their rows.
 * Parts that are random draws themselves come one after the other, so that their files are read
 * from front to back; samples of others are spread over the whole.
 */
final class ShardOrder {
  /** Samples that are put in order at once. */
  private static final int BUCKET = 8192;

  private final SamplePlaces places;
  private final List<SpoolFile> spools;
  private final long seed;
  private final int buckets;

  ShardOrder(SamplePlaces places, List<SpoolFile> spools, long seed) {
    this.places = places;
    this.spools = spools;
    this.seed = seed;
    this.buckets = Math.max(spools.size(), places.count() / BUCKET + 1);
  }

  /** The samples of one fate, in their order. */
  int[] of(Fate fate, Fates fates) {
    int count = 0;
    int[] starts = new int[buckets + 1];
    for (int sample = 0; sample < places.count(); sample++) {
      if (fates.of(sample) == fate) {
        starts[bucket(sample) + 1]++;
        count++;
      }
    }
    for (int bucket = 0; bucket < buckets; bucket++) {
      starts[bucket + 1] += starts[bucket];
    }
    int[] order = new int[count];
    int[] next = starts.clone();
    for (int sample = 0; sample < places.count(); sample++) {
      if (fates.of(sample) == fate) {
        order[next[bucket(sample)]++] = sample;
      }
    }
    for (int bucket = 0; bucket < buckets; bucket++) {
      sort(order, starts[bucket], starts[bucket + 1]);
    }
    return order;
  }

  private int bucket(int sample) {
    int spool = places.spool(sample);
    return spools.get(spool).shuffled()
        ? spool
        : (int) Long.remainderUnsigned(SampleRandom.mix(drawn(sample)), buckets);
  }

  private void sort(int[] order, int from, int to) {
    Integer[] part = new Integer[to - from];
    Arrays.setAll(part, i -> order[from + i]);
    Arrays.sort(
        part,
        (a, b) -> {
          int byDraw = Long.compareUnsigned(drawn(a), drawn(b));
          return byDraw != 0 ? byDraw : Long.compare(places.slot(a), places.slot(b));
        });
    for (int i = from; i < to; i++) {
      order[i] = part[i - from];
    }
  }

  /** A number at random that belongs to a sample's row. */
  private long drawn(int sample) {
    return SampleRandom.mix(SampleRandom.mix(places.row(sample) + 1) ^ seed);
  }
}
