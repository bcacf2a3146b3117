package dev.facet.train;

import dev.facet.loader.Position;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One global batch, as bytes.
 *
 * @param shares of the replicas, in order
 * @param next where a loader must start to deliver what follows
 * @param release gives back what the parts lie in
 */
record GlobalBatch(List<Share> shares, Position next, Runnable release) implements AutoCloseable {
  /**
   * What a replica sees.
   *
   * @param first place in the global batch of its first pair
   * @param parts in order, none of them empty; none at all where every sample was bad
   */
  record Share(long first, List<Part> parts) {
    int size() {
      return parts.stream().mapToInt(Part::size).sum();
    }
  }

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

  /**
   * As it says.
   *
   * @param parts of all shares, in order; those without samples are left out
   * @param replicas of which each gets the same number of parts
   */
  static GlobalBatch of(List<Part> parts, int replicas, Position next, Runnable release) {
    List<Share> shares = new ArrayList<>();
    int each = parts.size() / replicas;
    long first = 0;
    for (int i = 0; i < replicas; i++) {
      List<Part> all = parts.subList(i * each, (i + 1) * each);
      Share share = new Share(first, all.stream().filter(part -> part.size() > 0).toList());
      shares.add(share);
      first += share.size();
    }
    return new GlobalBatch(shares, next, release);
  }

  /** Number of pairs. */
  int size() {
    return shares.stream().mapToInt(Share::size).sum();
  }

  /** Ids of the samples. */
  List<String> samples() {
    return shares.stream()
        .flatMap(share -> share.parts().stream())
        .flatMap(part -> part.samples().get().stream())
        .toList();
  }

  @Override
  public void close() {
    release.run();
  }
}
