package dev.facet.train;

import dev.facet.loader.Position;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;

/**
 * One global batch, as bytes.
 *
 * @param parts in order, none of them empty; none at all where every sample was bad
 * @param next where a loader must start to deliver what follows
 * @param release gives back what the parts lie in
 */
record GlobalBatch(List<Part> parts, Position next, Runnable release) implements AutoCloseable {
  /**
   * Pairs that go through the model at once; what a {@link dev.facet.loader.Batch} holds.
   *
   * @param size number of pairs
   * @param images uint8 [size, S, S, 3], direct memory
   * @param colour float32 [size, 3, 4], direct memory
   * @param tokens int64 [size, T]
   * @param pairIds int64 [size, 2]
   * @param samples gives the ids of the samples
   */
  record Part(
      int size,
      ByteBuffer images,
      ByteBuffer colour,
      ByteBuffer tokens,
      ByteBuffer pairIds,
      Supplier<List<String>> samples) {}

  /** Number of pairs. */
  int size() {
    return parts.stream().mapToInt(Part::size).sum();
  }

  /** Ids of the samples. */
  List<String> samples() {
    return parts.stream().flatMap(part -> part.samples().get().stream()).toList();
  }

  @Override
  public void close() {
    release.run();
  }
}
