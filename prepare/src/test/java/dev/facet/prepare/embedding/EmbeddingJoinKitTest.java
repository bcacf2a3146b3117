package dev.facet.prepare.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import dev.facet.prepare.source.EmbeddingColumns;
import dev.facet.prepare.source.EmbeddingFiles;
import dev.facet.prepare.source.PublishedSet;
import dev.facet.prepare.source.PublishedTables;
import dev.facet.prepare.source.TableColumns;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("kit")
final class EmbeddingJoinKitTest implements JoinSink, JoinProgress {
  private static final Path PUBLISHED =
      Path.of(System.getProperty("facet.shared", "../../shared"), "kit/published");

  @TempDir Path folder;
  private final Map<String, Long> rows = new TreeMap<>();
  private final Map<String, Long> vectors = new TreeMap<>();
  private int pairs;

  @Override
  public void pair(Captioned row, float[] vector) {
    assertThat(row.id()).isNotBlank();
    assertThat(vector).hasSize(256);
    pairs++;
  }

  @Override
  public void dealt(long rows, long total) {
    assertThat(total).isEqualTo(360 + 313);
  }

  @Override
  public void joined(long rows, long total) {
    assertThat(total).isEqualTo(360);
  }

  @Override
  public void lostRow(String file, long number, long count, String reason) {
    rows.merge(reason, count, Long::sum);
  }

  @Override
  public void lostVector(String file, long number, long count, String reason) {
    vectors.merge(reason, count, Long::sum);
  }

  @Test
  void everyRowIsInAPairOrLostForAReason() throws Exception {
    JsonNode expected =
        Json.LINE
            .readTree(PUBLISHED.resolve("expected.json").toFile())
            .path("datasets")
            .path("facecaption-15m-embeddings");
    TableColumns published = PublishedSet.FACECAPTION_15M.columns();
    // Every row has its id for a caption, so that ids alone decide.
    TableColumns columns =
        new TableColumns(
            published.url(),
            published.id(),
            published.id().subList(0, 1),
            List.of(),
            List.of(),
            List.of());
    DealtRows dealt =
        DealtRows.of(
            PublishedTables.open(PUBLISHED.resolve("facecaption-15m"), columns),
            EmbeddingFiles.open(
                PUBLISHED.resolve("facecaption-15m-embeddings"), EmbeddingColumns.DEFAULT),
            folder.resolve("scratch"),
            "these",
            this);
    EmbeddingJoin.run(dealt, 0, this, this);
    long lost = rows.values().stream().mapToLong(Long::longValue).sum();
    assertThat(pairs + lost).isEqualTo(360);
    assertThat(rows.get("repeated_id")).isEqualTo(2);
    assertThat(vectors)
        .isEqualTo(
            Map.of(
                "embedding_zero",
                1L,
                "embedding_null",
                1L,
                "embedding_width",
                1L,
                "embedding_nan",
                1L,
                "no_row",
                1L,
                "repeated_id",
                1L));
    assertThat(pairs).isEqualTo(expected.path("caption_ids_with_sound_vector").asInt());
    assertThat(rows.get("no_embedding"))
        .isEqualTo(expected.path("caption_ids_without_any_row").asLong());
  }
}
