package dev.facet.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.MemoryDataset;
import dev.facet.loader.quarantine.Quarantine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may happen while a loader runs; whatever it is, all threads end and all chunks close. */
class LoaderFaultsTest {
  private final Setup setup = new Setup();
  private final MemoryDataset data = MemoryDataset.of(61, 5);

  @AfterEach
  void noThreadAndNoChunkIsLeft() {
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("facet-loader"));
    assertThat(data.openChunks).hasValue(0);
  }

  private Loader start() {
    return setup.start(data, Quarantine.none(), Position.START);
  }

  private static void consume(Loader loader) throws InterruptedException {
    for (Batch next = loader.next(); next != null; next = loader.next()) {
      next.close();
    }
  }

  @Test
  void aReadErrorInTheMidstOfAChunkCostsItsRowsOnly() throws Exception {
    data.beforeReading(
        row -> {
          if (row == 12 || row == 13) {
            throw new IOException("bad sector");
          }
        });
    try (Loader loader = start()) {
      consume(loader);
      assertThat(loader.stats().samples()).isEqualTo(61);
      assertThat(loader.stats().bad()).isEqualTo(Map.of(Reason.READ_ERROR, 2L));
    }
  }

  @Test
  void aChunkThatIsGoneInTheSecondEpochCostsItsRowsThereOnly() throws Exception {
    setup.epochs = 2;
    data.beforeOpening(
        chunk -> {
          if (chunk == 3 && data.opened.containsKey(3)) {
            throw new NoSuchFileException("shard-3");
          }
        });
    List<Long> rows = Setup.rows(setup.all(data));
    assertThat(rows.subList(0, 61)).doesNotHaveDuplicates();
    assertThat(rows.subList(61, rows.size())).hasSize(56).doesNotContain(15L, 16L, 17L, 18L, 19L);
  }

  static Stream<Throwable> deaths() {
    return Stream.of(
        new OutOfMemoryError("Java heap space"),
        new StackOverflowError("deep"),
        new AssertionError("a bug"),
        new IllegalStateException("a bug"),
        FacetException.run("shard x was changed while it was read"));
  }

  static Stream<Throwable> deathsOfWorkers() {
    return deaths().filter(death -> !(death instanceof IllegalStateException));
  }

  @Test
  void aRowThatNoCheckForesawIsAReadErrorOfThatRow() throws Exception {
    data.beforeReading(row -> Objects.checkIndex(row, row == 30 ? 30 : 61));
    try (Loader loader = start()) {
      consume(loader);
      assertThat(loader.stats().samples()).isEqualTo(61);
      assertThat(loader.stats().bad()).isEqualTo(Map.of(Reason.READ_ERROR, 1L));
    }
  }

  @ParameterizedTest
  @MethodSource("deathsOfWorkers")
  void whatAWorkerDiesOfReachesTheConsumer(Throwable death) {
    data.beforeReading(row -> dieOf(death, row == 30));
    assertReaches(death);
  }

  @ParameterizedTest
  @MethodSource("deaths")
  void whatTheReaderDiesOfReachesTheConsumer(Throwable death) {
    data.beforeOpening(chunk -> dieOf(death, chunk == 7));
    assertReaches(death);
  }

  private void assertReaches(Throwable death) {
    for (int threads : new int[] {1, 5}) {
      setup.threads = threads;
      try (Loader loader = start()) {
        assertThatThrownBy(() -> consume(loader)).hasMessageContaining(death.getMessage());
        // And again, were it asked again.
        assertThatThrownBy(loader::next).hasMessageContaining(death.getMessage());
      }
    }
  }

  private static void dieOf(Throwable death, boolean here) {
    if (here) {
      switch (death) {
        case Error e -> throw e;
        case RuntimeException e -> throw e;
        default -> throw new IllegalArgumentException(death);
      }
    }
  }

  @Test
  void anErrorInTheTextEncoderReachesTheConsumer() {
    TextEncoder broken =
        new TextEncoder() {
          @Override
          public int contextLength() {
            return 4;
          }

          @Override
          public void encode(String caption, LongBuffer ids) {
            throw new LinkageError("no tokenizer library");
          }
        };
    try (Loader loader =
        Loader.start(
            data, setup.settings(), Setup.IMAGES, broken, Quarantine.none(), Position.START)) {
      assertThatThrownBy(() -> consume(loader)).hasMessage("no tokenizer library");
    }
  }

  @Test
  void aQuarantineOnAFullDiskEndsTheRunWithTheFile() {
    data.beforeReading(
        row -> {
          throw new IOException("bad sector");
        });
    Quarantine full =
        new Quarantine() {
          @Override
          public void add(long row, String id, String source, BadSampleException cause) {
            throw new UncheckedIOException(new IOException("cannot write q.jsonl: No space left"));
          }

          @Override
          public @Nullable Path path() {
            return null;
          }

          @Override
          public void close() {}
        };
    try (Loader loader = setup.start(data, full, Position.START)) {
      assertThatThrownBy(() -> consume(loader))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("cannot write q.jsonl: No space left");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 7, 8})
  void theConsumerMayCloseAtAnyBatch(int batches) throws Exception {
    for (int slots : new int[] {1, 3}) {
      for (int threads : new int[] {1, 9}) {
        setup.slots = slots;
        setup.threads = threads;
        try (Loader loader = start()) {
          for (int i = 0; i < batches; i++) {
            Objects.requireNonNull(loader.next()).close();
          }
        }
        assertThat(data.openChunks).hasValue(0);
      }
    }
  }

  @Test
  void closingWhileTheReaderOpensAChunkWaitsForItAndClosesIt() throws Exception {
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    data.beforeOpening(
        chunk -> {
          opening.countDown();
          await(goOn);
        });
    Loader loader = start();
    await(opening);
    Thread closer = Thread.ofPlatform().start(loader::close);
    assertThat(data.openChunks).hasValue(0);
    goOn.countDown();
    closer.join();
    assertThatThrownBy(loader::next).hasMessageContaining("the loader is closed");
  }

  @Test
  void closingWhileTheConsumerWaitsEndsItsWaiting() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    data.beforeReading(row -> await(goOn));
    Loader loader = start();
    FutureTask<@Nullable Batch> waiting = new FutureTask<>(loader::next);
    Thread consumer = Thread.ofPlatform().start(waiting);
    while (consumer.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    Thread closer = Thread.ofPlatform().start(loader::close);
    // Though the workers are still stuck in their reads.
    assertThatThrownBy(waiting::get)
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed while its consumer was waiting");
    goOn.countDown();
    closer.join();
  }

  @Test
  void aConsumerThatIsInterruptedMayGoOn() throws Exception {
    List<Setup.Copy> expected = setup.all(data);
    try (Loader loader = start()) {
      for (Setup.Copy copy : expected) {
        Thread.currentThread().interrupt();
        try (Batch batch = take(loader)) {
          assertThat(Setup.Copy.of(batch)).isEqualTo(copy);
        }
      }
    }
  }

  private static Batch take(Loader loader) throws InterruptedException {
    try {
      return Objects.requireNonNull(loader.next());
    } catch (InterruptedException e) {
      return Objects.requireNonNull(loader.next());
    } finally {
      Thread.interrupted(); // still set where the batch was ready at once
    }
  }

  @Test
  void theMemoryOfBatchesEndsWithTheLoader() throws Exception {
    ByteBuffer images;
    Batch batch;
    try (Loader loader = start()) {
      batch = Objects.requireNonNull(loader.next());
      images = batch.images();
    }
    assertThatThrownBy(() -> images.get(0)).isInstanceOf(IllegalStateException.class);
    batch.close(); // harmless, however late
  }

  @Test
  void twoWhoCloseAtOnceBothReturnWhenAllHasEnded() throws Exception {
    Loader loader = start();
    Thread other = Thread.ofPlatform().start(loader::close);
    loader.close();
    assertThat(data.openChunks).hasValue(0);
    other.join();
  }

  @Test
  void farMoreThreadsThanSamplesInTheRingAllEnd() throws Exception {
    setup.batch = 1;
    setup.threads = 40;
    setup.epochs = 3;
    assertThat(Setup.rows(setup.all(data))).hasSize(183);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
