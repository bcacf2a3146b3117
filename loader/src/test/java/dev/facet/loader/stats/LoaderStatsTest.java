package dev.facet.loader.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.loader.Batch;
import dev.facet.loader.Loader;
import dev.facet.loader.Position;
import dev.facet.loader.Setup;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.MemoryDataset;
import dev.facet.loader.quarantine.Quarantine;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoaderStatsTest {
  @Test
  void everySampleIsTimedInEveryStage() throws InterruptedException {
    try (MemoryDataset dataset = MemoryDataset.of(40, 10);
        Loader loader = new Setup().start(dataset, Quarantine.none(), Position.START)) {
      takeAll(loader);

      LoaderStats stats = loader.stats();

      for (Stage stage : new Stage[] {Stage.READ, Stage.DECODE, Stage.TRANSFORM, Stage.TEXT}) {
        assertThat(stats.stage(stage).count()).as(stage.key()).isEqualTo(40);
        assertThat(stats.stage(stage).nanos()).as(stage.key()).isPositive();
        assertThat(stats.stage(stage).quantile(0.95))
            .as(stage.key())
            .isGreaterThanOrEqualTo(stats.stage(stage).quantile(0.5));
      }
      assertThat(stats.stage(Stage.OPEN).count()).isEqualTo(4); // chunks
      assertThat(stats.stage(Stage.WAIT_BATCH).count()).isEqualTo(5);
      assertThat(stats.batches()).isEqualTo(5);
      assertThat(stats.samples()).isEqualTo(40);
      assertThat(stats.bytes()).isPositive();
      assertThat(stats.nanos()).isPositive();
    }
  }

  @Test
  void anIntervalIsTheDifferenceOfTwoSnapshots() throws InterruptedException {
    MemoryDataset dataset = MemoryDataset.of(16, 8);
    for (int i = 0; i < 16; i++) {
      dataset.add(new byte[] {1, 2, 3}, null);
    }
    Setup setup = new Setup();
    setup.shuffle = false;
    setup.slots = 1;
    try (dataset;
        Loader loader = setup.start(dataset, Quarantine.none(), Position.START)) {
      next(loader);
      LoaderStats early = loader.stats();
      takeAll(loader);

      LoaderStats late = loader.stats();
      LoaderStats interval = late.since(early);

      assertThat(late.bad()).hasSize(1);
      assertThat(interval.bad()).isEqualTo(late.bad());
      assertThat(interval.badTotal()).isEqualTo(16);
      assertThat(interval.samples()).isEqualTo(32 - early.samples());
      assertThat(interval.batches()).isEqualTo(3);
      assertThat(interval.nanos()).isEqualTo(late.nanos() - early.nanos());
      assertThat(late.since(late).samples()).isZero();
      assertThat(late.since(late).bad()).isEqualTo(Map.<Reason, Long>of());
      assertThat(late.since(late).stage(Stage.READ).count()).isZero();
    }
  }

  private static void next(Loader loader) throws InterruptedException {
    try (Batch batch = loader.next()) {
      assertThat(batch).isNotNull();
    }
  }

  private static void takeAll(Loader loader) throws InterruptedException {
    for (Batch next = loader.next(); next != null; next = loader.next()) {
      next.close();
    }
  }
}
