package dev.facet.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.augment.geometry.Box;
import dev.facet.base.FacetException;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.MemoryDataset;
import dev.facet.loader.quarantine.Quarantine;
import dev.facet.loader.stats.Counters;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
          .hasMessageMatching("(?s)[34]\\d\\.\\d% of the samples of memory cannot be used .*")
          .hasMessageContaining("main reason: ")
          .hasMessageContaining(file.toString())
          .hasMessageContaining("max_bad_fraction");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 120})
  void theLastBatchIsRefusedWhereTooManySamplesWereBad(int count) throws Exception {
    setup.maxBad = 0.1;
    setup.shuffle = false;
    MemoryDataset few = firstBad(count, count / 10);
    MemoryDataset many = firstBad(count, count / 10 + 1);
    int batches = Math.ceilDiv(count, setup.batch);
    try (Loader loader = setup.start(few, Quarantine.none(), Position.START)) {
      take(loader, batches);
    }
    try (Loader loader = setup.start(many, Quarantine.none(), Position.START)) {
      take(loader, batches - 1);
      assertThatThrownBy(loader::next)
          .isInstanceOf(FacetException.class)
          .hasMessageContaining(String.format(Locale.ROOT, "%d of %d", count / 10 + 1, count));
    }
  }

  @Test
  void aClusterOfBadSamplesThatChanceExplainsDoesNotStopARunWhoseWholeIsWithinTheLimit()
      throws Exception {
    setup.maxBad = 0.02;
    setup.shuffle = false;
    MemoryDataset dataset = new MemoryDataset(10);
    byte[] good = Pictures.jpeg(Pictures.gradient(30, 30));
    for (int i = 0; i < 250; i++) {
      dataset.add(i >= 120 && i < 125 ? new byte[] {1, 2, 3, 4} : good, null);
    }
    try (Loader loader = setup.start(dataset, Quarantine.none(), Position.START)) {
      consume(loader);
      assertThat(loader.stats().badTotal()).isEqualTo(5);
    }
  }

  @Test
  void moreBadSamplesThanChanceExplainsStopTheRunBeforeItsEnd() {
    Counters counters = new Counters();
    BadSamples bad = new BadSamples("x", 0.02, counters, Quarantine.none());
    BadSampleException cause = new BadSampleException(Reason.CORRUPT, "why");
    for (int i = 0; i < 120; i++) {
      counters.addSample();
    }
    for (int i = 0; i < 7; i++) { // 2.4 are allowed, 4.6 are three standard deviations
      bad.add(i, "i", "s", cause);
    }
    assertThatThrownBy(() -> bad.end(true)).hasMessageContaining("7 of 120");
    assertThatThrownBy(() -> bad.add(7, "i", "s", cause)).hasMessageContaining("8 of 120");
  }

  @Test
  void theFewSamplesThatAResumedRunHasLeftAreNotJudged() throws Exception {
    setup.maxBad = 0.1;
    setup.shuffle = false;
    try (Loader loader = setup.start(mixed(50), Quarantine.none(), new Position(0, 40))) {
      take(loader, 2);
      assertThat(loader.stats().badTotal()).isEqualTo(4);
    }
  }

  @Test
  void aPictureThatMakesItsReaderFailIsABadSample() throws Exception {
    MemoryDataset dataset = MemoryDataset.of(5, 5);
    dataset.addUnreadable();
    Path file = dir.resolve("q.jsonl");
    try (Quarantine quarantine = Quarantine.file(file);
        Loader loader = setup.start(dataset, quarantine, Position.START)) {
      consume(loader);
      assertThat(loader.stats().bad()).isEqualTo(Map.of(Reason.CORRUPT, 1L));
    }
    assertThat(Files.readString(file)).contains("id5", "IllegalStateException");
  }

  @Test
  void aTextEncoderThatFailsEndsTheRun() {
    TextEncoder broken =
        new TextEncoder() {
          @Override
          public int contextLength() {
            return 4;
          }

          @Override
          public void encode(String caption, LongBuffer ids) {
            throw new IllegalArgumentException("a bug");
          }
        };
    try (Loader loader =
        Loader.start(
            MemoryDataset.of(5, 5),
            setup.settings(),
            Setup.IMAGES,
            broken,
            Quarantine.none(),
            Position.START)) {
      assertThatThrownBy(loader::next).hasMessageContaining("a bug");
    }
  }

  @Test
  void aQuarantineFileThatWasCutOffIsContinuedOnANewLine() throws Exception {
    Path file = dir.resolve("q.jsonl");
    BadSampleException cause = new BadSampleException(Reason.CORRUPT, "why");
    try (Quarantine quarantine = Quarantine.file(file)) {
      quarantine.add(1, "é", "s", cause);
    }
    byte[] line = Files.readAllBytes(file);
    int within = new String(line, StandardCharsets.ISO_8859_1).indexOf(0xc3) + 1;
    // Cut off within a character, and just before the line's end.
    for (int length : new int[] {within, line.length - 1}) {
      Files.write(file, Arrays.copyOf(line, length));
      try (Quarantine quarantine = Quarantine.file(file)) {
        quarantine.add(2, "b", "s", cause);
      }
      byte[] whole = Files.readAllBytes(file);
      assertThat(whole[length]).isEqualTo((byte) '\n');
      assertThat(Quarantine.reasons(file)).containsEntry("corrupt", length == within ? 1L : 2L);
      assertThat(new String(whole, length + 1, whole.length - length - 1, StandardCharsets.UTF_8))
          .startsWith("{\"row\":2,")
          .endsWith("}\n");
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

  /** The first few pictures are no pictures. */
  private static MemoryDataset firstBad(int count, int bad) {
    MemoryDataset dataset = new MemoryDataset(10);
    byte[] good = Pictures.jpeg(Pictures.gradient(30, 30));
    for (int i = 0; i < count; i++) {
      dataset.add(i < bad ? new byte[] {1, 2, 3, 4} : good, null);
    }
    return dataset;
  }

  private static void take(Loader loader, int batches) throws InterruptedException {
    for (int i = 0; i < batches; i++) {
      Objects.requireNonNull(loader.next()).close();
    }
  }

  private static void consume(Loader loader) throws InterruptedException {
    for (Batch next = loader.next(); next != null; next = loader.next()) {
      next.close();
    }
  }
}
