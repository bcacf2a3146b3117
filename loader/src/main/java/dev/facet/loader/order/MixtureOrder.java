package dev.facet.loader.order;

import dev.facet.base.SampleRandom;
import dev.facet.loader.data.ChunkSizes;
import java.util.List;

/**
 * The order of one epoch of a weighted mixture, a pure function of (seed, epoch). An epoch has as
 * many samples as all parts have rows. Each part is a stream of its own, which begins anew, in
 * another order, when it was read through: a part smaller than its share comes several times, and
 * of one that is larger the rest comes in the next epoch, where it was left.
 *
 * <p>The epoch is cut into windows of nearly equal length. How many samples a window has of each
 * part follows from {@link Shares}; where a part stands at a position follows from that, so a run
 * resumes without replaying. In a window the parts' samples are permuted together.
 *
 * <p>The chunk in which a part's stream crosses from one window to the next belongs to both. Not
 * thread-safe; the windows are.
 */
public final class MixtureOrder implements Order {
  private final PartStream[] streams;
  private final Shares shares;
  private final long seed;
  private final long samples;
  private final long before;
  private final int windows;

  /**
   * @param parts chunks of the parts, which the mixture counts one part after another
   * @param weights of the parts, in any unit
   * @param limit of a window, roughly
   */
  public MixtureOrder(
      List<ChunkSizes> parts, List<Double> weights, long seed, int epoch, WindowLimit limit) {
    this.shares = new Shares(weights);
    this.seed = SampleRandom.mix(SampleRandom.mix(seed) + epoch);
    this.streams = new PartStream[parts.size()];
    int firstChunk = 0;
    long rows = 0;
    double chunksPerSample = 0;
    double bytesPerSample = 0;
    long ends = 0;
    boolean narrow = false;
    for (int s = 0; s < streams.length; s++) {
      ChunkSizes sizes = parts.get(s);
      streams[s] = new PartStream(sizes, firstChunk, seed, s);
      firstChunk += sizes.chunks();
      rows += sizes.rows();
      chunksPerSample += shares.share(s) * sizes.chunks() / sizes.rows();
      bytesPerSample += shares.share(s) * sizes.allBytes() / sizes.rows();
      ends += 2 * sizes.mostBytes();
      narrow |= limit.narrows(sizes);
    }
    this.samples = rows;
    this.before = epoch * rows;
    long most = Math.max(1, samples / shares.atLeast());
    long wanted = Math.round(samples * chunksPerSample / limit.chunks());
    if (narrow) {
      // A stretch of a part ends within chunks, which are open as a whole. Where these ends alone
      // are too large, shorter windows would read the same chunks over and over.
      double bytes = Math.max(limit.bytes() - ends, ends / 2);
      wanted = Math.max(wanted, (long) Math.ceil(samples * bytesPerSample / bytes));
    }
    this.windows = (int) Math.clamp(wanted, 1, Math.min(most, Integer.MAX_VALUE));
  }

  @Override
  public int windows() {
    return windows;
  }

  @Override
  public int windowOf(long position) {
    if (position >= samples) {
      return windows;
    }
    long length = samples / windows;
    long longer = samples % windows * (length + 1);
    return (int)
        (position < longer
            ? position / (length + 1)
            : samples % windows + (position - longer) / length);
  }

  @Override
  public Window window(int index) {
    long start = start(index);
    long end = start(index + 1);
    Window.Builder spans = new Window.Builder();
    for (int s = 0; s < streams.length; s++) {
      streams[s].addSpans(spans, shares.count(s, before + start), shares.count(s, before + end));
    }
    return spans.shuffled(start, seed ^ SampleRandom.mix(index + 1L));
  }

  /** Windows differ by one sample at most, the longer ones first. */
  private long start(int window) {
    return window * (samples / windows) + Math.min(window, samples % windows);
  }
}
