package dev.facet.eval;

import dev.facet.loader.Batch;
import dev.facet.model.DualEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Copies of a model that take batches in turn, each on a thread of its own. A batch goes through
 * one copy as a whole and vectors are put together in the order of batches, so they are those of a
 * single copy, bit for bit. A single one does without a thread.
 */
final class Encoders implements AutoCloseable {
  private final List<DualEncoder> models;
  private final List<ExecutorService> threads = new ArrayList<>();

  /** Batches on their way, the oldest first; at most one for each copy. */
  private final Deque<Begun> begun = new ArrayDeque<>();

  private int next;

  private record Begun(Future<float[]> vectors, VectorBlock block) {}

  /**
   * Takes over nothing: models stay the caller's to close.
   *
   * @param models at least one, all of the same weights
   */
  Encoders(List<DualEncoder> models) {
    this.models = models;
    for (int i = 0; models.size() > 1 && i < models.size(); i++) {
      threads.add(
          Executors.newSingleThreadExecutor(
              Thread.ofPlatform().daemon().name("facet-encoder-" + i).factory()));
    }
  }

  /** Adds the vectors of a batch's pictures to a block. */
  void images(Batch batch, VectorBlock block) throws InterruptedException {
    int n = batch.size();
    ByteBuffer images = kept(batch.images());
    ByteBuffer colour = kept(batch.colour());
    encode(model -> model.embedImages(images, colour, n), block);
  }

  /**
   * Adds the vectors of captions to a block.
   *
   * @param ids int64 [n, contextLength] in direct memory
   */
  void captions(ByteBuffer ids, int n, VectorBlock block) throws InterruptedException {
    ByteBuffer own = kept(ids);
    encode(model -> model.embedTexts(own, n), block);
  }

  /** Waits until every block has its vectors. */
  void finish() throws InterruptedException {
    while (!begun.isEmpty()) {
      take();
    }
  }

  /** The caller's memory is used again before another thread has read it. */
  private ByteBuffer kept(ByteBuffer given) {
    if (threads.isEmpty()) {
      return given;
    }
    ByteBuffer own = ByteBuffer.allocateDirect(given.remaining()).order(ByteOrder.nativeOrder());
    return own.put(given.duplicate()).flip();
  }

  private void encode(Function<DualEncoder, float[]> work, VectorBlock block)
      throws InterruptedException {
    if (threads.isEmpty()) {
      block.add(work.apply(models.getFirst()));
      return;
    }
    if (begun.size() == models.size()) {
      take();
    }
    DualEncoder model = models.get(next);
    begun.add(new Begun(threads.get(next).submit(() -> work.apply(model)), block));
    next = (next + 1) % models.size();
  }

  private void take() throws InterruptedException {
    Begun first = begun.remove();
    try {
      first.block().add(first.vectors().get());
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case Error error -> throw error;
        case RuntimeException exception -> throw exception;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }

  /** Waits for what is on its way, as it reads the models. */
  @Override
  public void close() {
    threads.forEach(ExecutorService::close);
  }
}
