package dev.facet.loader;

import dev.facet.loader.data.ChunkSizes;
import dev.facet.loader.order.Window;
import java.util.BitSet;

/**
 * What a process reads of a window.
 *
 * @param order of its rows
 * @param wanted the spans that hold samples of this process; never changed
 * @param samples how many these are
 * @param bytes that the chunks of those spans take while they are open
 */
record PlannedWindow(int epoch, Window order, BitSet wanted, long samples, long bytes) {
  /** What {@code plan} reads of a window. */
  static PlannedWindow of(BatchPlan plan, ChunkSizes sizes, int epoch, Window order) {
    BitSet wanted = new BitSet(order.spans());
    long samples =
        plan.share(
            epoch,
            order.start(),
            order.end(),
            position -> wanted.set(order.spanAt(order.place(position))));
    long bytes = wanted.stream().map(order::chunk).distinct().mapToLong(sizes::bytes).sum();
    return new PlannedWindow(epoch, order, wanted, samples, bytes);
  }

  /** Spans whose chunks are opened. */
  int size() {
    return wanted.cardinality();
  }
}
