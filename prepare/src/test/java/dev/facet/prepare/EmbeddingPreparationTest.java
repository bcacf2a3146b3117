package dev.facet.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.loader.shard.Manifest;
import dev.facet.loader.table.VectorSink;
import dev.facet.loader.table.VectorTable;
import dev.facet.loader.vector.Element;
import dev.facet.prepare.embedding.JoinCounts;
import dev.facet.prepare.embedding.JoinProgress;
import dev.facet.prepare.embedding.VectorFile;
import dev.facet.prepare.embedding.VectorFile.Vector;
import dev.facet.prepare.takedown.TakedownList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddingPreparationTest implements JoinProgress {
  private static final int ROWS = 40;

  @TempDir Path folder;
  private Path out;

  /** Rows after which somebody looks. */
  private final Map<Long, Moment> dealt = new HashMap<>();

  private final Map<Long, Moment> joined = new HashMap<>();
  private int deals;

  /** What is done at some moment of a run. */
  private interface Moment {
    void now() throws IOException;
  }

  @Override
  public void dealt(long rows, long total) {
    deals++;
    at(rows, dealt);
  }

  @Override
  public void joined(long rows, long total) {
    at(rows, joined);
  }

  private static void at(long rows, Map<Long, Moment> moments) {
    Moment moment = moments.remove(rows);
    if (moment != null) {
      try {
        moment.now();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @BeforeEach
  void data() throws IOException {
    out = folder.resolve("out");
    List<String> lines = new ArrayList<>(List.of("id,caption,alt"));
    List<Vector> vectors = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      lines.add("r" + i + ",a face &amp; hat " + i + ",alt " + i);
      vectors.add(new Vector("r" + i, i, 1));
    }
    lines.add("silent,,");
    vectors.add(new Vector("silent", 1, 1));
    lines.add("alone,no vector,");
    vectors.add(new Vector("nobody", 1, 1));
    Files.write(folder.resolve("captions.csv"), lines);
    Files.createDirectory(folder.resolve("vectors"));
    VectorFile.write(folder.resolve("vectors/E_1.parquet"), vectors);
  }

  @Test
  void everyRowAndVectorIsASampleOrLostForAReason() throws Exception {
    JoinCounts counts = run(TakedownList.NONE);
    assertThat(counts.rows()).isEqualTo(ROWS + 2);
    assertThat(counts.vectors()).isEqualTo(ROWS + 2);
    assertThat(counts.samples()).isEqualTo(ROWS);
    assertThat(counts.captions()).isEqualTo(2 * ROWS);
    assertThat(counts.splits().values().stream().mapToLong(each -> each).sum()).isEqualTo(ROWS);
    assertThat(counts.lostRows())
        .containsExactlyInAnyOrderEntriesOf(Map.of("no_caption", 1L, "no_embedding", 1L));
    assertThat(counts.lostVectors())
        .containsExactlyInAnyOrderEntriesOf(Map.of("row_left_out", 1L, "no_row", 1L));
    assertThat(out.resolve("rows/lost.jsonl")).content().contains("\"reason\":\"no_embedding\"");
  }

  @Test
  void shardsHoldTheVectorsOfTheirIds() throws Exception {
    run(TakedownList.NONE);
    Map<String, Float> found = vectors();
    assertThat(found).hasSize(ROWS);
    found.forEach((id, first) -> assertThat(id).isEqualTo("r" + first.intValue()));
  }

  @Test
  void aSecondRunMakesTheSameBytes() throws Exception {
    run(TakedownList.NONE);
    Map<String, byte[]> first = files();
    out = folder.resolve("again");
    run(TakedownList.NONE);
    Map<String, byte[]> second = files();
    assertThat(second).hasSameSizeAs(first).hasSizeGreaterThan(2);
    first.forEach((name, bytes) -> assertThat(second.get(name)).isEqualTo(bytes));
  }

  @Test
  void aJoinThatWasKilledEndsAsOneThatWasNot() throws Exception {
    dealt.put(50L, () -> copy(out, folder.resolve("dealing")));
    for (long rows : List.of(1L, 17L, 29L, ROWS + 2L)) {
      joined.put(rows, () -> copy(out, folder.resolve("joining-" + rows)));
    }
    JoinCounts counts = run(TakedownList.NONE);
    Map<String, byte[]> whole = files();
    byte[] lost = Files.readAllBytes(out.resolve("rows/lost.jsonl"));

    List<Path> killed = new ArrayList<>();
    try (Stream<Path> found = Files.list(folder)) {
      found.filter(each -> String.valueOf(each.getFileName()).contains("ing")).forEach(killed::add);
    }
    assertThat(killed).hasSize(5);
    for (Path each : killed) {
      out = each;
      deals = 0;
      List<Path> finished = finished();
      for (Path shard : finished) {
        Files.setLastModifiedTime(shard, FileTime.fromMillis(0));
      }
      assertThat(run(TakedownList.NONE)).isEqualTo(counts);
      Map<String, byte[]> now = files();
      assertThat(now).hasSameSizeAs(whole);
      whole.forEach((name, bytes) -> assertThat(now.get(name)).isEqualTo(bytes));
      assertThat(out.resolve("rows/lost.jsonl")).hasBinaryContent(lost);
      assertThat(deals).isEqualTo(each.endsWith("dealing") ? 2 * (ROWS + 2) : 0);
      for (Path shard : finished) {
        Path placed = out.resolve(String.valueOf(shard.getFileName()));
        assertThat(Files.getLastModifiedTime(placed).toMillis()).as("written again").isZero();
      }
      assertThat(out.resolve(".prepare/join")).doesNotExist();
    }
  }

  /** Shards that a process which was killed had finished. */
  private List<Path> finished() throws IOException {
    Path staged = out.resolve(".prepare/shards");
    if (!Files.isDirectory(staged)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(staged)) {
      return found
          .filter(file -> String.valueOf(file.getFileName()).matches("[a-z]+-\\d+\\.parquet"))
          .toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  @Test
  void whatIsTakenDownLaterLeavesTheShards() throws Exception {
    run(TakedownList.NONE);
    Path list = Files.writeString(folder.resolve("list.txt"), "id:r7\n");
    JoinCounts counts = run(TakedownList.read(list));
    assertThat(counts.lostRows()).containsEntry("taken_down", 1L);
    assertThat(vectors()).doesNotContainKey("r7").hasSize(ROWS - 1);
    assertThat(run(TakedownList.NONE)).isEqualTo(counts);
  }

  @Test
  void nothingInCommonIsAFailureAndNoShard() throws Exception {
    VectorFile.write(
        Files.createDirectory(folder.resolve("others")).resolve("E.parquet"),
        List.of(new Vector("x", 1, 2)));
    assertThatThrownBy(() -> run(folder.resolve("others"), TakedownList.NONE))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("no row");
    assertThat(out.resolve(Manifest.NAME)).doesNotExist();
  }

  private JoinCounts run(TakedownList takedown) throws InterruptedException {
    return run(folder.resolve("vectors"), takedown);
  }

  private JoinCounts run(Path vectors, TakedownList takedown) throws InterruptedException {
    PrepareSettings settings =
        Prepared.addresses().ofEmbeddings(List.of("caption", "alt")).settings();
    return EmbeddingPreparation.run(
        new Preparation.Request(
            folder.resolve("captions.csv"), out, settings, "", takedown, "test", null),
        vectors,
        this);
  }

  private Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    Manifest manifest = Objects.requireNonNull(Manifest.read(out));
    for (Manifest.ShardInfo file : manifest.files()) {
      files.put(file.name(), Files.readAllBytes(out.resolve(file.name())));
    }
    return files;
  }

  /** The first number of each vector in the shards, by id. */
  private Map<String, Float> vectors() throws IOException {
    Map<String, Float> found = new TreeMap<>();
    for (String name : files().keySet()) {
      VectorTable.open(out.resolve(name), "id", "embedding", Element.AUTO)
          .read(
              new VectorSink() {
                @Override
                public void row(long number, String id, float @Nullable [] vector, int width) {
                  assertThat(width).isEqualTo(2);
                  found.put(id, Objects.requireNonNull(vector)[0]);
                }

                @Override
                public void unreadable(long first, long count, String why) {
                  throw new AssertionError(why);
                }
              });
    }
    return found;
  }
}
