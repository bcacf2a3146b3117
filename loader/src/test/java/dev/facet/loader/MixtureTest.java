package dev.facet.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.MemoryDataset;
import dev.facet.loader.data.Mixture;
import dev.facet.loader.order.MixtureOrder;
import dev.facet.loader.order.WindowLimit;
import dev.facet.loader.quarantine.Quarantine;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MixtureTest {
  private static final MemoryDataset LARGE = MemoryDataset.of(61, 5);
  private static final MemoryDataset SMALL = MemoryDataset.of(7, 3);
  private static final MemoryDataset SINGLE = MemoryDataset.of(1, 1);
  private static final Mixture MIXTURE =
      new Mixture(List.of(LARGE, SMALL, SINGLE), List.of(5.0, 4.0, 1.0));

  private final Setup setup = new Setup();

  @TempDir private Path dir;

  @AfterEach
  void noChunkIsLeftOpen() {
    assertThat(List.of(LARGE, SMALL, SINGLE)).allMatch(part -> part.openChunks.get() == 0);
  }

  @Test
  void threadsAndSlotsChangeNoByte() throws Exception {
    setup.epochs = 2;
    List<Setup.Copy> expected = setup.all(MIXTURE);
    assertThat(Setup.rows(expected)).hasSize(2 * 69);
    for (int threads : new int[] {1, 7}) {
      for (int slots : new int[] {1, 3}) {
        setup.threads = threads;
        setup.slots = slots;
        assertThat(setup.all(MIXTURE)).isEqualTo(expected);
      }
    }
  }

  @Test
  void ranksShareEveryGlobalBatchInOrder() throws Exception {
    setup.epochs = 2;
    List<Setup.Copy> global = setup.all(MIXTURE);
    setup.ranks = 4;
    List<List<Setup.Copy>> shares = new ArrayList<>();
    for (setup.rank = 0; setup.rank < 4; setup.rank++) {
      shares.add(setup.all(MIXTURE));
    }
    for (int b = 0; b < global.size(); b++) {
      List<Long> union = new ArrayList<>();
      for (List<Setup.Copy> share : shares) {
        union.addAll(share.get(b).rows());
      }
      assertThat(union).isEqualTo(global.get(b).rows());
    }
  }

  @Test
  void aRunResumesAtAnyBatchWithTheSameBytes() throws Exception {
    setup.epochs = 3;
    List<Setup.Copy> whole = setup.all(MIXTURE);
    for (int done = 1; done <= whole.size(); done++) {
      assertThat(setup.all(MIXTURE, whole.get(done - 1).next()))
          .isEqualTo(whole.subList(done, whole.size()));
    }
  }

  @Test
  void samplesComeByWeightAndALargePartGoesOnInTheNextEpoch() throws Exception {
    setup.epochs = 2;
    List<Long> rows = Setup.rows(setup.all(MIXTURE));
    assertThat(rows.stream().filter(row -> row >= 61 && row < 68).count()).isBetween(55L, 56L);
    assertThat(rows.stream().filter(row -> row == 68).count()).isBetween(13L, 14L);
    // 138 samples, half of them from the 61: all of these once before any of them again.
    List<Long> large = rows.stream().filter(row -> row < 61).toList();
    assertThat(large).hasSize(69);
    assertThat(Set.copyOf(large)).hasSize(61);
    assertThat(rows.subList(0, 69).stream().filter(row -> row < 61)).doesNotHaveDuplicates();
  }

  @Test
  void aRowThatComesAgainWithinAnEpochIsVariedAnew() throws Exception {
    Set<ByteBuffer> pictures = new HashSet<>();
    int times = 0;
    for (Setup.Copy batch : setup.all(MIXTURE)) {
      for (int i = 0; i < batch.rows().size(); i++) {
        if (batch.rows().get(i) == 68) {
          pictures.add(batch.images().slice(i * 768, 768));
          times++;
        }
      }
    }
    assertThat(times).isGreaterThan(5);
    assertThat(pictures).hasSize(times);
  }

  @Test
  void aChunkThatTwoWindowsShareIsOpenedOnce() throws Exception {
    MemoryDataset large = MemoryDataset.of(60, 6);
    MemoryDataset other = MemoryDataset.of(60, 7);
    setup.window = 2;
    // Half of each in an epoch of 120: one pass over both.
    Mixture mixture = new Mixture(List.of(large, other), List.of(1.0, 1.0));
    // The third window is opened only when all of the second was read, which is the hardest case.
    MixtureOrder order =
        new MixtureOrder(mixture.partSizes(), mixture.weights(), 42, 0, WindowLimit.ofChunks(2));
    Set<Integer> early = new HashSet<>();
    for (int w = 0; w < 2; w++) {
      for (int k = 0; k < order.window(w).spans(); k++) {
        early.add(order.window(w).chunk(k));
      }
    }
    AtomicInteger read = new AtomicInteger();
    large.beforeReading(row -> read.incrementAndGet());
    other.beforeReading(row -> read.incrementAndGet());
    large.beforeOpening(
        chunk -> {
          while (!early.contains(chunk) && read.get() < order.window(1).end()) {
            Thread.onSpinWait();
          }
        });
    setup.all(mixture);
    assertThat(large.opened).hasSize(10).allSatisfy((chunk, times) -> assertThat(times).isOne());
    assertThat(other.opened).hasSize(9).allSatisfy((chunk, times) -> assertThat(times).isOne());
    assertThat(large.openChunks).hasValue(0);
  }

  @Test
  void rowsLeadBackToTheirPart() throws Exception {
    try (Loader loader = setup.start(MIXTURE, Quarantine.none(), Position.START)) {
      for (Batch next = loader.next(); next != null; next = loader.next()) {
        try (Batch batch = next) {
          for (int i = 0; i < batch.size(); i++) {
            long row = batch.row(i);
            long inPart = row < 61 ? row : row < 68 ? row - 61 : 0;
            assertThat(batch.id(i)).isEqualTo("id" + inPart);
          }
        }
      }
    }
    assertThat(MIXTURE.size()).isEqualTo(69);
    assertThat(MIXTURE.chunkCount()).isEqualTo(13 + 3 + 1);
    assertThat(MIXTURE.rowCount(12)).isEqualTo(1);
    assertThat(MIXTURE.rowCount(13)).isEqualTo(3);
    assertThat(MIXTURE.captions(15)).isEqualTo(SMALL.captions(2));
    assertThat(MIXTURE.where(14)).isEqualTo("memory, chunk 1");
    assertThat(MIXTURE.name())
        .isEqualTo("mixture of memory (weight 5.0), memory (weight 4.0), memory (weight 1.0)");
  }

  @Test
  void aChunkThatCannotBeOpenedIsNamedAsItsPartNamesIt() throws Exception {
    MemoryDataset broken = MemoryDataset.of(20, 5);
    broken.failToOpen(2);
    setup.epochs = 2;
    Path file = dir.resolve("q.jsonl");
    try (Quarantine quarantine = Quarantine.file(file);
        Loader loader =
            setup.start(
                new Mixture(List.of(SMALL, broken), List.of(1.0, 1.0)),
                quarantine,
                Position.START)) {
      for (Batch next = loader.next(); next != null; next = loader.next()) {
        next.close();
      }
    }
    assertThat(Files.readAllLines(file))
        .hasSize(5)
        .allMatch(line -> line.contains("memory, chunk 2 cannot be opened: disk on fire"));
  }

  @Test
  void withoutShuffleEveryRowComesOnceAsStored() throws Exception {
    setup.shuffle = false;
    assertThat(Setup.rows(setup.all(MIXTURE)))
        .containsExactlyElementsOf(LongStream.range(0, 69).boxed().toList());
  }

  @Test
  void weightsAndPartsThatCannotBeMixedAreNamed() {
    assertRefused(List.of(LARGE, new MemoryDataset(4)), List.of(1.0, 1.0), "no rows");
    for (double weight : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertRefused(List.of(LARGE, SMALL), List.of(1.0, weight), "weight of memory is " + weight);
    }
    assertRefused(List.of(LARGE, SMALL), List.of(1.0, 0.01), "0.0099 of all samples");
    assertRefused(List.of(LARGE, SMALL), List.of(1.0, 1e-9), "give it more weight or leave it out");
  }

  private static void assertRefused(List<Dataset> parts, List<Double> weights, String message) {
    assertThatThrownBy(() -> new Mixture(parts, weights))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining(message);
  }
}
