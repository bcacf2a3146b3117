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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddingPreparationTest implements JoinProgress {
  private static final int ROWS = 40;

  @TempDir Path folder;
  private Path out;

  @Override
  public void dealt(long rows, long total) {}

  @Override
  public void joined(long rows, long total) {}

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
