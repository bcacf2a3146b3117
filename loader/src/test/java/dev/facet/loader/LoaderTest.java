package dev.facet.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.loader.data.MemoryDataset;
import dev.facet.loader.quarantine.Quarantine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoaderTest {
  private static final MemoryDataset DATA = MemoryDataset.of(61, 5);

  private final Setup setup = new Setup();

  @AfterEach
  void noThreadAndNoChunkIsLeft() {
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("facet-loader"));
    assertThat(DATA.openChunks).hasValue(0);
  }

  @Test
  void threadsAndSlotsChangeNoByte() throws Exception {
    setup.epochs = 2;
    List<Setup.Copy> expected = setup.all(DATA);
    assertThat(expected).hasSize(16);
    for (int threads : new int[] {1, 2, 8}) {
      for (int slots : new int[] {1, 3}) {
        setup.threads = threads;
        setup.slots = slots;
        assertThat(setup.all(DATA)).isEqualTo(expected);
      }
    }
  }

  @Test
  void everyEpochHasEverySampleOnceInAnotherOrder() throws Exception {
    setup.epochs = 2;
    List<Long> rows = Setup.rows(setup.all(DATA));
    List<Long> first = rows.subList(0, 61);
    List<Long> second = rows.subList(61, 122);
    Long[] everyRow = LongStream.range(0, 61).boxed().toArray(Long[]::new);
    assertThat(first).containsExactlyInAnyOrder(everyRow).isNotEqualTo(second);
    assertThat(second).containsExactlyInAnyOrder(everyRow);
  }

  @Test
  void withoutShuffleRowsComeAsStored() throws Exception {
    setup.shuffle = false;
    assertThat(Setup.rows(setup.all(DATA)))
        .containsExactlyElementsOf(LongStream.range(0, 61).boxed().toList());
  }

  @Test
  void ranksShareEveryGlobalBatchInOrder() throws Exception {
    setup.epochs = 2;
    List<Setup.Copy> global = setup.all(DATA);
    setup.ranks = 4;
    List<List<Setup.Copy>> shares = new ArrayList<>();
    for (setup.rank = 0; setup.rank < 4; setup.rank++) {
      shares.add(setup.all(DATA));
    }
    for (int b = 0; b < global.size(); b++) {
      List<Long> union = new ArrayList<>();
      for (List<Setup.Copy> share : shares) {
        union.addAll(share.get(b).rows());
        assertThat(share.get(b).next()).isEqualTo(global.get(b).next());
      }
      assertThat(union).isEqualTo(global.get(b).rows());
    }
  }

  @Test
  void aBatchInPartsHasTheSamplesOfTheWholeOne() throws Exception {
    setup.epochs = 2;
    for (boolean dropLast : new boolean[] {false, true}) {
      setup.dropLast = dropLast;
      setup.parts = 1;
      List<Setup.Copy> whole = setup.all(DATA);
      setup.parts = 2;
      List<Setup.Copy> parts = setup.all(DATA);
      assertThat(parts).hasSize(2 * whole.size());
      for (int b = 0; b < whole.size(); b++) {
        List<Long> rows = new ArrayList<>(parts.get(2 * b).rows());
        rows.addAll(parts.get(2 * b + 1).rows());
        assertThat(rows).isEqualTo(whole.get(b).rows());
        // What was begun is not done: a run that ends there sees all of it again.
        Position before = b == 0 ? Position.START : whole.get(b - 1).next();
        assertThat(parts.get(2 * b).next()).isEqualTo(before);
        assertThat(parts.get(2 * b + 1).next()).isEqualTo(whole.get(b).next());
      }
    }
  }

  @Test
  void aRunResumesAtAnyBatchWithTheSameBytes() throws Exception {
    setup.epochs = 3;
    setup.dropLast = true;
    List<Setup.Copy> whole = setup.all(DATA);
    assertThat(whole).hasSize(21);
    for (int done = 1; done <= whole.size(); done++) {
      assertThat(setup.all(DATA, whole.get(done - 1).next()))
          .isEqualTo(whole.subList(done, whole.size()));
    }
  }

  @Test
  void aRunResumesBetweenBatches() throws Exception {
    List<Long> whole = Setup.rows(setup.all(DATA));
    assertThat(Setup.rows(setup.all(DATA, new Position(0, 13)))).isEqualTo(whole.subList(13, 61));
  }

  @Test
  void dropLastLeavesOutTheIncompleteBatch() throws Exception {
    setup.dropLast = true;
    assertThat(setup.all(DATA)).hasSize(7).allMatch(batch -> batch.rows().size() == 8);
    assertThat(Loader.batchesPerEpoch(61, setup.settings())).isEqualTo(7);
  }

  @Test
  void closingEarlyEndsWorkersThatAreBlocked() throws Exception {
    setup.slots = 1;
    setup.threads = 4;
    try (Loader loader = setup.start(DATA, Quarantine.none(), Position.START)) {
      assertThat(loader.next()).isNotNull();
    }
  }

  @Test
  void closingAtOnceIsSafe() {
    setup.start(DATA, Quarantine.none(), Position.START).close();
  }

  @Test
  void rowsThatAllFailUnforeseenAreReportedToTheConsumer() {
    MemoryDataset broken = MemoryDataset.of(20, 5);
    broken.failOnRow(new IllegalArgumentException("a bug"));
    try (Loader loader = setup.start(broken, Quarantine.none(), Position.START)) {
      assertThatThrownBy(
              () -> {
                for (Batch next = loader.next(); next != null; next = loader.next()) {
                  next.close();
                }
              })
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("read_error");
    }
  }

  @Test
  void aFailureTheDatasetExplainsIsPassedOn() {
    MemoryDataset broken = MemoryDataset.of(20, 5);
    broken.failOnRow(FacetException.run("shard x is cut off"));
    try (Loader loader = setup.start(broken, Quarantine.none(), Position.START)) {
      assertThatThrownBy(loader::next)
          .isInstanceOf(FacetException.class)
          .hasMessage("shard x is cut off");
    }
  }

  @Test
  void aClosedBatchCannotBeReadByMistake() throws Exception {
    try (Loader loader = setup.start(DATA, Quarantine.none(), Position.START)) {
      Batch batch = Objects.requireNonNull(loader.next());
      batch.close();
      batch.close();
      assertThatThrownBy(batch::images)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
    }
  }

  @Test
  void settingsThatCannotWorkAreRefused() {
    setup.ranks = 3;
    assertThatThrownBy(() -> setup.start(DATA, Quarantine.none(), Position.START))
        .hasMessageContaining("multiple of ranks = 3");
    setup.ranks = 1;
    setup.batch = 100;
    setup.dropLast = true;
    assertThatThrownBy(() -> setup.start(DATA, Quarantine.none(), Position.START))
        .hasMessageContaining("61 samples, too few for one batch of 100");
    setup.batch = 3_000_000; // 768 bytes a picture
    assertThatThrownBy(() -> setup.start(DATA, Quarantine.none(), Position.START))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("batch is 3000000", "16x16", "at most 2796202");
  }
}
