package dev.facet.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Format;
import dev.facet.loader.data.MemoryDataset;
import dev.facet.loader.data.Preset;
import dev.facet.loader.quarantine.Quarantine;
import dev.facet.loader.shard.writing.ShardRow;
import dev.facet.loader.shard.writing.ShardWriter;
import dev.facet.loader.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A machine that fails costs no row: what passes is waited for, what stays ends the run. */
class MachineFaultsTest {
  private static final int ROWS = 40;
  private static final int EMFILE = 24;

  @TempDir Path dir;
  private final Setup setup = new Setup();
  private final MemoryDataset data = MemoryDataset.of(61, 5);
  private final AtomicInteger failures = new AtomicInteger();

  private void fail(int times) throws IOException {
    if (failures.getAndIncrement() < times) {
      throw StorageException.of("/data/a.jpg", EMFILE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void whatFailsAFewTimesCostsNoRow(int times) throws Exception {
    List<Setup.Copy> expected = setup.all(data);
    setup.threads = 1;
    setup.openers = 1;
    data.beforeReading(row -> fail(row == 12 ? times : 0));
    assertThat(setup.all(data)).isEqualTo(expected);
    failures.set(0);
    data.beforeReading(row -> {});
    data.beforeOpening(chunk -> fail(chunk == 7 ? times : 0));
    assertThat(setup.all(data)).isEqualTo(expected);
  }

  @Test
  void whatFailsForEverEndsTheRunWithTheCause() {
    data.beforeReading(row -> fail(Integer.MAX_VALUE));
    assertEndsWithCause();
    data.beforeReading(row -> {});
    data.beforeOpening(chunk -> fail(Integer.MAX_VALUE));
    assertEndsWithCause();
  }

  private void assertEndsWithCause() {
    try (Loader loader = setup.start(data, Quarantine.none(), Position.START)) {
      assertThatThrownBy(() -> consume(loader))
          .isInstanceOf(FacetException.class)
          .hasMessageContainingAll("/data/a.jpg", "EMFILE", "ulimit -n");
      assertThat(loader.stats().bad()).isEmpty();
    }
  }

  @Test
  void aLackOfMemoryIsNoBadPicture() throws Exception {
    setup.threads = 1;
    List<Setup.Copy> expected = setup.all(data);
    data.beforeReading(
        row -> {
          if (row == 12 && failures.getAndIncrement() == 0) {
            throw new OutOfMemoryError("Java heap space");
          }
        });
    assertThat(setup.all(data)).isEqualTo(expected);
    data.beforeReading(
        row -> {
          throw new OutOfMemoryError("Java heap space");
        });
    try (Loader loader = setup.start(data, Quarantine.none(), Position.START)) {
      assertThatThrownBy(() -> consume(loader))
          .isInstanceOf(FacetException.class)
          .hasMessageContainingAll("Java heap space", "-Xmx");
      assertThat(loader.stats().bad()).isEmpty();
    }
  }

  @Test
  void waitingForTheMachineDoesNotHoldUpTheEnd() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    data.beforeReading(
        row -> {
          waiting.countDown();
          fail(Integer.MAX_VALUE);
        });
    Loader loader =
        Loader.start(
            data,
            setup.settings(),
            Setup.IMAGES,
            Setup.TEXT,
            Quarantine.none(),
            Position.START,
            signals -> nanos -> signals.ended.pause(Long.MAX_VALUE));
    waiting.await();
    loader.close(); // returns
    assertThat(data.openChunks).hasValue(0);
  }

  private static void consume(Loader loader) throws InterruptedException {
    for (Batch next = loader.next(); next != null; next = loader.next()) {
      next.close();
    }
  }

  /** A list with its pictures in another folder. */
  private Dataset list() throws IOException {
    Path root = Files.createDirectories(dir.resolve("list"));
    Path pictures = Files.createDirectories(dir.resolve("pictures"));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      Files.write(pictures.resolve(i + ".jpg"), Pictures.jpeg(Pictures.busy(24, 24, i)));
      lines.append(
          String.format(Locale.ROOT, "{\"image\": \"%d.jpg\", \"captions\": [\"no %d\"]}\n", i, i));
    }
    Files.writeString(root.resolve("captions.jsonl"), lines);
    return Datasets.open(
        new DataSource(root, Format.JSONL, pictures, Preset.FACET.fields(), 0, 1), "train");
  }

  private Dataset shards() throws IOException {
    Path folder = dir.resolve("shards");
    try (ShardWriter writer =
        new ShardWriter(folder, new ShardWriter.Settings(2, 4, "facet test", Map.of()))) {
      for (int i = 0; i < ROWS; i++) {
        writer.write(
            new ShardRow(
                "id-" + i,
                Pictures.jpeg(Pictures.busy(24, 24, i)),
                List.of("no " + i),
                null,
                24,
                24,
                Map.of(),
                "drawn",
                null,
                "train"));
      }
      writer.commit();
    }
    return Datasets.open(folder, "train");
  }

  @Test
  void aFolderOfPicturesThatVanishesEndsTheRun() throws Exception {
    try (Dataset dataset = list()) {
      Path pictures = dir.resolve("pictures");
      assertEndsWhenGone(dataset, pictures, "is not there any more");
      // An unmounted disk leaves an empty folder.
      Files.move(dir.resolve("away"), pictures);
    }
    try (Dataset dataset = list();
        Loader loader = slowly(dataset)) {
      Objects.requireNonNull(loader.next()).close();
      Files.move(dir.resolve("pictures"), dir.resolve("away"));
      Files.createDirectory(dir.resolve("pictures"));
      assertThatThrownBy(() -> consume(loader))
          .isInstanceOf(FacetException.class)
          .hasMessageContainingAll(dir.resolve("pictures").toString(), "is empty now", "mount it");
      assertThat(loader.stats().bad()).isEmpty();
    }
  }

  @Test
  void aFolderOfShardsThatVanishesEndsTheRun() throws Exception {
    try (Dataset dataset = shards()) {
      assertEndsWhenGone(dataset, dir.resolve("shards"), "is not there any more");
    }
  }

  private void assertEndsWhenGone(Dataset dataset, Path folder, String how) throws Exception {
    try (Loader loader = slowly(dataset)) {
      Objects.requireNonNull(loader.next()).close();
      Files.move(folder, dir.resolve("away"));
      assertThatThrownBy(() -> consume(loader))
          .isInstanceOf(FacetException.class)
          .hasMessageContainingAll(folder.toString(), how, "mount it");
      assertThat(loader.stats().bad()).isEmpty();
    }
  }

  /** Far from done when the first batch is there. */
  private Loader slowly(Dataset dataset) {
    setup.batch = 2;
    setup.slots = 1;
    setup.window = 1;
    return setup.start(dataset, Quarantine.none(), Position.START);
  }

  @Test
  void aSingleFileThatIsGoneCostsItsRows() throws Exception {
    try (Dataset dataset = list()) {
      Files.delete(dir.resolve("pictures").resolve("7.jpg"));
      assertCosts(dataset, Reason.MISSING, 1);
    }
    try (Dataset dataset = shards()) {
      Files.delete(dir.resolve("shards").resolve("train-00003.parquet"));
      assertCosts(dataset, Reason.READ_ERROR, 4);
    }
  }

  private void assertCosts(Dataset dataset, Reason reason, long rows) throws InterruptedException {
    try (Loader loader = setup.start(dataset, Quarantine.none(), Position.START)) {
      consume(loader);
      assertThat(loader.stats().samples()).isEqualTo(ROWS);
      assertThat(loader.stats().bad()).isEqualTo(Map.of(reason, rows));
    }
  }
}
