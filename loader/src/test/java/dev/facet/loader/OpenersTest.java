package dev.facet.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.loader.data.MemoryDataset;
import dev.facet.loader.quarantine.Quarantine;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several threads open chunks, within the memory they are given. */
class OpenersTest {
  private static final int CHUNKS = 12;

  private final Setup setup = new Setup();
  private final MemoryDataset data = MemoryDataset.of(5 * CHUNKS, 5);

  @AfterEach
  void noChunkIsLeft() {
    assertThat(data.openChunks).hasValue(0);
  }

  private List<Setup.Copy> all() throws InterruptedException {
    return setup.all(data);
  }

  @Test
  void theOrderIsTheSameForAnyNumberOfOpeners() throws Exception {
    setup.epochs = 2;
    for (boolean shuffle : new boolean[] {true, false}) {
      setup.shuffle = shuffle;
      setup.openers = 1;
      List<Setup.Copy> expected = all();
      for (int openers : new int[] {0, 2, 4, 9}) {
        setup.openers = openers;
        assertThat(all()).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whereOpeningIsSlowTwoChunksAreOpenedAtOnce(boolean shuffle) throws Exception {
    setup.shuffle = shuffle; // windows of two chunks, or of one
    setup.openers = 2;
    CyclicBarrier two = new CyclicBarrier(2);
    data.beforeOpening(chunk -> await(two));
    assertThat(Setup.rows(all())).hasSize(5 * CHUNKS).doesNotHaveDuplicates();
  }

  @Test
  void moreThanOneThreadOpensChunksUnlessAskedNotTo() {
    setup.threads = 1;
    assertThat(Loader.openers(setup.settings())).isEqualTo(2);
    setup.threads = 64;
    assertThat(Loader.openers(setup.settings())).isEqualTo(4);
    setup.openers = 1;
    assertThat(Loader.openers(setup.settings())).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void chunksAreOpenedNoFurtherAheadThanTwoWindows(int openers) throws Exception {
    setup.openers = openers;
    setup.window = 3;
    AtomicInteger most = new AtomicInteger();
    data.beforeReading(row -> most.accumulateAndGet(data.openChunks.get(), Math::max));
    all();
    assertThat(most.get()).isLessThanOrEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void openChunksStayWithinTheirBytes(int openers) throws Exception {
    setup.openers = openers;
    setup.window = 8;
    setup.windowBytes = 6000;
    setup.epochs = 2;
    // From 700 to 1,250 bytes: between two and four of them in 3,000.
    AtomicLong open = new AtomicLong();
    AtomicLong most = new AtomicLong();
    data.chunkBytes(chunk -> 700 + 50 * chunk);
    data.beforeOpening(
        chunk -> most.accumulateAndGet(open.addAndGet(data.bytes(chunk)), Math::max));
    data.afterClosing(chunk -> open.addAndGet(-data.bytes(chunk)));
    List<Setup.Copy> batches = all();
    assertThat(Setup.rows(batches)).hasSize(2 * 5 * CHUNKS);
    assertThat(Setup.rows(batches).subList(0, 5 * CHUNKS)).doesNotHaveDuplicates();
    assertThat(most.get()).isBetween(3001L, 6000L);
    assertThat(open).hasValue(0);
  }

  @Test
  void aChunkLargerThanAllMemoryIsReadOnItsOwn() throws Exception {
    setup.windowBytes = 1000;
    setup.openers = 3;
    data.chunkBytes(chunk -> 5000);
    AtomicInteger most = new AtomicInteger();
    data.beforeReading(row -> most.accumulateAndGet(data.openChunks.get(), Math::max));
    assertThat(Setup.rows(all())).hasSize(5 * CHUNKS).doesNotHaveDuplicates();
    assertThat(most).hasValue(1);
  }

  @Test
  void aRunWithNarrowWindowsResumesAsItWouldHaveGoneOn() throws Exception {
    setup.window = 8;
    setup.windowBytes = 6000;
    setup.epochs = 2;
    data.chunkBytes(chunk -> 700 + 50 * chunk);
    List<Setup.Copy> whole = all();
    for (int stop = 1; stop < whole.size(); stop += 3) {
      assertThat(setup.all(data, whole.get(stop - 1).next()))
          .isEqualTo(whole.subList(stop, whole.size()));
    }
  }

  @Test
  void bytesThatDoNotBindChangeNeitherTheOrderNorTheLayout() throws Exception {
    List<Setup.Copy> expected = all();
    long layout = Loader.layout(data, setup.settings());
    assertThat(layout).isEqualTo(data.layout());
    data.chunkBytes(chunk -> 100 + chunk);
    assertThat(all()).isEqualTo(expected);
    assertThat(Loader.layout(data, setup.settings())).isEqualTo(layout);
    assertThat(Loader.notes(data, setup.settings())).isEmpty();
  }

  @Test
  void bytesThatBindAreToldAndPartOfTheLayout() {
    setup.window = 8;
    setup.windowBytes = 6L << 20;
    data.chunkBytes(chunk -> 1L << 20);
    assertThat(Loader.notes(data, setup.settings()))
        .singleElement()
        .asString()
        .contains("up to 1 MB", "3.0 chunks at a time instead of 8", "data.window_bytes (6 MB)");
    long layout = Loader.layout(data, setup.settings());
    assertThat(layout).isNotEqualTo(data.layout());
    data.chunkBytes(chunk -> chunk == 3 ? 1L << 19 : 1L << 20);
    assertThat(Loader.layout(data, setup.settings())).isNotEqualTo(layout);
  }

  @Test
  void aFailureOfOneOpenerReachesTheConsumerThoughOthersAreStuck() throws Exception {
    setup.openers = 3;
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    data.beforeOpening(
        chunk -> {
          if (begun.incrementAndGet() == 2) {
            throw FacetException.run("no such luck");
          }
          await(goOn);
        });
    try (Loader loader = setup.start(data, Quarantine.none(), Position.START)) {
      assertThatThrownBy(loader::next).hasMessage("no such luck");
      goOn.countDown();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 7})
  void theConsumerMayCloseWhileChunksAreBeingOpened(int batches) throws Exception {
    for (int openers : new int[] {1, 2, 4}) {
      setup.openers = openers;
      try (Loader loader = setup.start(data, Quarantine.none(), Position.START)) {
        for (int i = 0; i < batches; i++) {
          Objects.requireNonNull(loader.next()).close();
        }
      }
      assertThat(data.openChunks).hasValue(0);
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
