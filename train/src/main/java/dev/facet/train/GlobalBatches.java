package dev.facet.train;

import dev.facet.loader.Batch;
import dev.facet.loader.Loader;
import dev.facet.train.GlobalBatch.Part;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Takes global batches from a loader. Where each replica's share is a single part, they stay in the
 * loader's slots until the batch is closed. Otherwise they are copied, each into its place of
 * memory for one global batch, so that they can be asked for again while the slots are filled with
 * the next.
 */
final class GlobalBatches implements AutoCloseable {
  private final Loader loader;
  private final int replicas;
  private final Arena arena = Arena.ofShared();

  /** A place for each part; none where a share is one. */
  private final List<Part> places = new ArrayList<>();

  /**
   * Makes room.
   *
   * @param replicas that share a global batch
   * @param parts of a share
   * @param capacity pairs of a part
   * @param pictureBytes of each picture
   * @param contextLength tokens of a caption
   */
  GlobalBatches(
      Loader loader, int replicas, int parts, int capacity, long pictureBytes, int contextLength) {
    this.loader = loader;
    this.replicas = replicas;
    for (int i = 0; i < replicas * parts && parts > 1; i++) {
      places.add(
          new Part(
              capacity,
              room(pictureBytes * capacity),
              room(12L * Float.BYTES * capacity),
              room((long) contextLength * Long.BYTES * capacity),
              room(2L * Long.BYTES * capacity),
              List::of));
    }
  }

  private ByteBuffer room(long bytes) {
    return arena.allocate(bytes, 64).asByteBuffer().order(ByteOrder.nativeOrder());
  }

  /** Waits for the next one. */
  GlobalBatch next() throws InterruptedException {
    return places.isEmpty() ? inSlots() : copied();
  }

  private GlobalBatch inSlots() throws InterruptedException {
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < replicas; i++) {
      batches.add(take());
    }
    return GlobalBatch.of(
        batches.stream().map(GlobalBatches::inSlot).toList(),
        replicas,
        batches.getLast().next(),
        () -> batches.forEach(Batch::close));
  }

  private GlobalBatch copied() throws InterruptedException {
    List<Part> copies = new ArrayList<>();
    for (Part place : places.subList(0, places.size() - 1)) {
      try (Batch batch = take()) {
        copies.add(copy(batch, place));
      }
    }
    try (Batch last = take()) {
      copies.add(copy(last, places.getLast()));
      return GlobalBatch.of(copies, replicas, last.next(), () -> {});
    }
  }

  private Batch take() throws InterruptedException {
    return Objects.requireNonNull(loader.next(), "batches ended before the steps");
  }

  private static Part inSlot(Batch batch) {
    return new Part(
        batch.size(),
        batch.images(),
        batch.colour(),
        batch.tokens(),
        batch.pairIds(),
        () -> samples(batch));
  }

  private static List<String> samples(Batch batch) {
    return IntStream.range(0, batch.size()).mapToObj(batch::id).toList();
  }

  private static Part copy(Batch batch, Part place) {
    List<String> samples = samples(batch);
    return new Part(
        batch.size(),
        copy(batch.images(), place.images()),
        copy(batch.colour(), place.colour()),
        copy(batch.tokens(), place.tokens()),
        copy(batch.pairIds(), place.pairIds()),
        () -> samples);
  }

  private static ByteBuffer copy(ByteBuffer from, ByteBuffer place) {
    return place.clear().put(from).flip();
  }

  @Override
  public void close() {
    arena.close();
  }
}
