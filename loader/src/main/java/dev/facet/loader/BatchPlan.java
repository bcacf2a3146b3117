package dev.facet.loader;

import dev.facet.base.FacetException;
import java.util.Locale;
import java.util.function.LongConsumer;

/**
 * Which samples make up which batch, as arithmetic. Batches are numbered from 0 at the starting
 * position, through all epochs; a global batch is consecutive positions of one epoch, and every
 * rank takes a consecutive share of it.
 */
final class BatchPlan {
  private final long samples;
  private final LoaderSettings settings;
  private final Position start;
  private final long inFirstEpoch;
  private final long inOtherEpochs;

  /**
   * @throws FacetException if there is not one batch, or the position lies past the data
   */
  BatchPlan(long samples, LoaderSettings settings, Position start) {
    if (samples == 0) {
      throw FacetException.usage("the data has no rows: check its path and its split");
    }
    if (start.samples() > samples) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "the run stopped after %d samples of an epoch, but now the data has %d in all: resume"
                  + " it with the data it began with",
              start.samples(),
              samples));
    }
    this.samples = samples;
    this.settings = settings;
    this.start = start.samples() < samples ? start : new Position(start.epoch() + 1, 0);
    this.inFirstEpoch = Loader.batchesPerEpoch(samples - this.start.samples(), settings);
    this.inOtherEpochs = Loader.batchesPerEpoch(samples, settings);
    if (inOtherEpochs == 0) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "the data has %d samples, too few for one batch of %d: set train.batch to at most"
                  + " that many",
              samples,
              settings.batch()));
    }
  }

  /** Most samples that this rank has in a batch. */
  int share() {
    return settings.batch() / settings.ranks();
  }

  /** Number of batches up to the end of the last epoch. */
  long batches() {
    long others = settings.epochs() - start.epoch() - 1L;
    return others < 0 ? 0 : inFirstEpoch + others * inOtherEpochs;
  }

  int epoch(long batch) {
    return batch < inFirstEpoch
        ? start.epoch()
        : start.epoch() + 1 + (int) ((batch - inFirstEpoch) / inOtherEpochs);
  }

  /** Position, within its epoch, of this rank's first sample of a batch. */
  long first(long batch) {
    return cut(batch, settings.rank());
  }

  /** Samples of this rank in a batch; fewer than {@link #share}, even 0, where an epoch ends. */
  int size(long batch) {
    return (int) (cut(batch, settings.rank() + 1) - cut(batch, settings.rank()));
  }

  /** Where to resume after a batch. */
  Position after(long batch) {
    boolean lastOfEpoch = batch + 1 == batches() || epoch(batch + 1) != epoch(batch);
    return lastOfEpoch
        ? new Position(epoch(batch) + 1, 0)
        : new Position(epoch(batch), cut(batch + 1, 0));
  }

  /** Visits the positions in [from, to) of an epoch that are this rank's; returns their number. */
  long share(int epoch, long from, long to, LongConsumer visitor) {
    long base = begin(epoch);
    long earlier =
        epoch == start.epoch() ? 0 : inFirstEpoch + (epoch - start.epoch() - 1L) * inOtherEpochs;
    long last = earlier + (epoch == start.epoch() ? inFirstEpoch : inOtherEpochs);
    long count = 0;
    for (long batch = earlier + Math.max(0, from - base) / settings.batch();
        batch < last && cut(batch, 0) < to;
        batch++) {
      long high = Math.min(to, first(batch) + size(batch));
      for (long position = Math.max(from, first(batch)); position < high; position++) {
        visitor.accept(position);
        count++;
      }
    }
    return count;
  }

  /** First position of an epoch that any rank reads. */
  long begin(int epoch) {
    return epoch == start.epoch() ? start.samples() : 0;
  }

  int firstEpoch() {
    return start.epoch();
  }

  /** Where the share of {@code rank} begins in a batch; the batch's end for rank = ranks. */
  private long cut(long batch, int rank) {
    boolean first = batch < inFirstEpoch;
    long index = first ? batch : (batch - inFirstEpoch) % inOtherEpochs;
    long begin = (first ? start.samples() : 0) + index * settings.batch();
    long size = Math.min(settings.batch(), samples - begin);
    return begin + size * rank / settings.ranks();
  }
}
