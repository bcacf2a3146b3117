package dev.facet.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.augment.Box;
import dev.facet.base.FacetException;
import dev.facet.loader.BadSampleException.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadSamplesTest {
  private final Setup setup = new Setup();

  @TempDir private Path dir;

  private static MemoryDataset mixed(int count) {
    MemoryDataset dataset = new MemoryDataset(4);
    byte[] good = Pictures.jpeg(Pictures.gradient(30, 30));
    for (int i = 0; i < count; i++) {
      switch (i % 5) {
        case 1 -> dataset.add(Arrays.copyOf(good, good.length / 2), null);
        case 3 -> dataset.add(good, new Box(100, 100, 120, 120));
        default -> dataset.add(good, null);
      }
    }
    return dataset;
  }

  @Test
  void badSamplesAreDroppedInOrderCountedAndQuarantinedOnce() throws Exception {
    setup.shuffle = false;
    setup.epochs = 2;
    Path file = dir.resolve("quarantine.jsonl");
    List<Long> rows = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      rows.clear();
      try (Quarantine quarantine = Quarantine.file(file);
          Loader loader = setup.start(mixed(20), quarantine, Position.START)) {
        for (Batch next = loader.next(); next != null; next = loader.next()) {
          try (Batch batch = next) {
            for (int i = 0; i < batch.size(); i++) {
              rows.add(batch.row(i));
              assertThat(batch.labels(i)).isEqualTo(Map.of("n", "" + batch.row(i)));
              assertThat(batch.captions(i)).contains("other " + batch.row(i));
            }
            assertThat(batch.images().remaining()).isEqualTo(batch.size() * 16 * 16 * 3);
          }
        }
        assertThat(loader.stats().samples()).isEqualTo(40);
        assertThat(loader.stats().bad()).isEqualTo(Map.of(Reason.CORRUPT, 8L, Reason.BAD_BOX, 8L));
      }
    }
    List<Long> good = List.of(0L, 2L, 4L, 5L, 7L, 9L, 10L, 12L, 14L, 15L, 17L, 19L);
    assertThat(rows.subList(0, 12)).isEqualTo(good);
    assertThat(rows.subList(12, 24)).isEqualTo(good);
    assertThat(Files.readAllLines(file))
        .hasSize(8)
        .anyMatch(
            line ->
                line.startsWith(
                    "{\"row\":1,\"id\":\"id1\",\"source\":\"memory:1\",\"reason\":\"corrupt\""));
  }

  @Test
  void tooManyBadSamplesStopTheRunWithTheCause() throws Exception {
    setup.maxBad = 0.3;
    setup.epochs = 1000;
    Path file = dir.resolve("q.jsonl");
    try (Quarantine quarantine = Quarantine.file(file);
        Loader loader = setup.start(mixed(20), quarantine, Position.START)) {
      assertThatThrownBy(() -> consume(loader))
          .isInstanceOf(FacetException.class)
          .hasMessageMatching("(?s)4\\d\\.\\d% of the samples of memory cannot be used .*")
          .hasMessageContaining("main reason: ")
          .hasMessageContaining(file.toString())
          .hasMessageContaining("max_bad_fraction");
    }
  }

  @Test
  void dataWithoutOneGoodSampleIsNoSuccess() {
    MemoryDataset dataset = new MemoryDataset(4);
    dataset.add("<html>".getBytes(StandardCharsets.UTF_8), null);
    try (Loader loader = setup.start(dataset, Quarantine.none(), Position.START)) {
      assertThatThrownBy(() -> consume(loader)).hasMessageContaining("unsupported (1)");
    }
  }

  @Test
  void aChunkThatCannotBeOpenedCostsItsRowsOnly() throws Exception {
    MemoryDataset dataset = MemoryDataset.of(20, 5);
    dataset.failToOpen(2);
    setup.shuffle = false;
    assertThat(Setup.rows(setup.all(dataset)))
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 15L, 16L, 17L, 18L, 19L);
    assertThat(dataset.openChunks).hasValue(0);
  }

  private static void consume(Loader loader) throws InterruptedException {
    for (Batch next = loader.next(); next != null; next = loader.next()) {
      next.close();
    }
  }
}
