package dev.facet.train;

import dev.facet.loader.Batch;
import dev.facet.loader.Loader;
import dev.facet.loader.Position;
import dev.facet.train.GlobalBatch.Part;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Takes global batches from a loader. One of a single part stays in the loader's slot until it is
 * closed. The parts of another are copied, each into its place of memory for one global batch, so
 * that they can be asked for again while the slots are filled with the next.
 */
final class GlobalBatches implements AutoCloseable {
  private final Loader loader;
  private final Arena arena = Arena.ofShared();

  /** A place for each part; none where a batch is one. */
  private final List<Part> places = new ArrayList<>();

  /**
   * Makes room.
   *
   * @param parts of a global batch
   * @param capacity pairs of a part
   * @param pictureBytes of each picture
   * @param contextLength tokens of a caption
   */
  GlobalBatches(Loader loader, int parts, int capacity, long pictureBytes, int contextLength) {
    this.loader = loader;
    for (int i = 0; i < parts && parts > 1; i++) {
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
    if (places.isEmpty()) {
      Batch batch = take();
      return new GlobalBatch(inSlot(batch), batch.next(), batch::close);
    }
    List<Part> copies = new ArrayList<>();
    Position next = null;
    for (Part place : places) {
      try (Batch batch = take()) {
        if (batch.size() > 0) {
          copies.add(copy(batch, place));
        }
        next = batch.next();
      }
    }
    return new GlobalBatch(copies, Objects.requireNonNull(next), () -> {});
  }

  private Batch take() throws InterruptedException {
    return Objects.requireNonNull(loader.next(), "batches ended before the steps");
  }

  private static List<Part> inSlot(Batch batch) {
    return batch.size() == 0
        ? List.of()
        : List.of(
            new Part(
                batch.size(),
                batch.images(),
                batch.colour(),
                batch.tokens(),
                batch.pairIds(),
                () -> samples(batch)));
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
