package dev.facet.loader;

import dev.facet.base.FacetException;
import java.util.Locale;
import java.util.function.LongConsumer;

/**
 * Which samples make up which batch, as arithmetic. A global batch is consecutive positions of one
 * epoch, every rank takes a consecutive share of it, and the share comes in parts, each of them a
 * {@link Batch}. These are numbered from 0 at the starting position, through all epochs.
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

  /** Most samples of a batch. */
  int capacity() {
    return settings.batch() / settings.ranks() / settings.parts();
  }

  /** Number of batches up to the end of the last epoch. */
  long batches() {
    return settings.parts() * globalBatches();
  }

  private long globalBatches() {
    long others = settings.epochs() - start.epoch() - 1L;
    return others < 0 ? 0 : inFirstEpoch + others * inOtherEpochs;
  }

  int epoch(long batch) {
    return epochOf(global(batch));
  }

  private long global(long batch) {
    return batch / settings.parts();
  }

  private int epochOf(long global) {
    return global < inFirstEpoch
        ? start.epoch()
        : start.epoch() + 1 + (int) ((global - inFirstEpoch) / inOtherEpochs);
  }

  /** Position, within its epoch, of the first sample of a batch. */
  long first(long batch) {
    return part(global(batch), batch % settings.parts());
  }

  /** Samples of a batch; fewer than {@link #capacity}, even 0, where an epoch ends. */
  int size(long batch) {
    return (int) (part(global(batch), batch % settings.parts() + 1) - first(batch));
  }

  /** Where to resume after a batch; where it is not the last of its global batch, before that. */
  Position after(long batch) {
    long global = global(batch);
    if (batch % settings.parts() < settings.parts() - 1) {
      return new Position(epochOf(global), cut(global, 0));
    }
    boolean lastOfEpoch = global + 1 == globalBatches() || epochOf(global + 1) != epochOf(global);
    return lastOfEpoch
        ? new Position(epochOf(global) + 1, 0)
        : new Position(epochOf(global), cut(global + 1, 0));
  }

  /** Visits the positions in [from, to) of an epoch that are this rank's; returns their number. */
  long share(int epoch, long from, long to, LongConsumer visitor) {
    long base = begin(epoch);
    long earlier =
        epoch == start.epoch() ? 0 : inFirstEpoch + (epoch - start.epoch() - 1L) * inOtherEpochs;
    long last = earlier + (epoch == start.epoch() ? inFirstEpoch : inOtherEpochs);
    long count = 0;
    for (long global = earlier + Math.max(0, from - base) / settings.batch();
        global < last && cut(global, 0) < to;
        global++) {
      long high = Math.min(to, cut(global, settings.rank() + 1));
      long low = Math.max(from, cut(global, settings.rank()));
      for (long position = low; position < high; position++) {
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

  /** Where a part of this rank's share begins; the share's end for part = parts. */
  private long part(long global, long part) {
    long begin = cut(global, settings.rank());
    return begin + (cut(global, settings.rank() + 1) - begin) * part / settings.parts();
  }

  /** Where the share of {@code rank} begins in a global batch; its end for rank = ranks. */
  private long cut(long global, int rank) {
    boolean first = global < inFirstEpoch;
    long index = first ? global : (global - inFirstEpoch) % inOtherEpochs;
    long begin = (first ? start.samples() : 0) + index * settings.batch();
    long size = Math.min(settings.batch(), samples - begin);
    return begin + size * rank / settings.ranks();
  }
}
