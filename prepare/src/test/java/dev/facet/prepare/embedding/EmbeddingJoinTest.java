package dev.facet.prepare.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.prepare.embedding.VectorFile.Vector;
import dev.facet.prepare.source.EmbeddingColumns;
import dev.facet.prepare.source.EmbeddingFiles;
import dev.facet.prepare.source.PublishedTables;
import dev.facet.prepare.source.TableColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddingJoinTest implements JoinSink, JoinProgress {
  private static final TableColumns COLUMNS =
      new TableColumns(
          List.of("url"),
          List.of("id"),
          List.of("caption", "alt"),
          List.of(),
          List.of(),
          List.of());

  @TempDir Path folder;
  private final List<String> pairs = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();

  @BeforeEach
  void captions() throws IOException {
    Files.writeString(
        folder.resolve("captions.csv"),
        """
        id,url,caption,alt
        a,u,one,x
        b,v,,
        c,w,three,
        a,u,again,
        ,y,nobody's,
        d,z,four,
        """);
  }

  @Override
  public void pair(Captioned row, float[] vector) {
    pairs.add(row.id() + row.urls() + row.captions() + " " + vector[0]);
  }

  @Override
  public void dealt(long rows, long total) {
    assertThat(rows).isLessThanOrEqualTo(total);
  }

  @Override
  public void joined(long rows, long total) {
    assertThat(rows).isLessThanOrEqualTo(total);
  }

  @Override
  public void lostRow(String file, long number, long count, String reason) {
    lost.add(file + " " + number + " " + reason);
  }

  @Override
  public void lostVector(String file, long number, long count, String reason) {
    lost.add(file + " " + number + " " + reason);
  }

  @Test
  void everyRowOfBothSidesIsInAPairOrLostForAReason() throws Exception {
    VectorFile.write(
        folder.resolve("E_2.parquet"),
        List.of(new Vector("c", 1, Float.NaN), new Vector("z", 1, 2), new Vector("b", 3, 4)));
    VectorFile.write(
        folder.resolve("E_10.parquet"), List.of(new Vector("a", 5, 6), new Vector("a", 7, 8)));
    run();
    assertThat(pairs)
        .containsExactlyInAnyOrder(
            "a[u]{caption=[one], alt=[x]} 5.0", "b[v]{caption=[], alt=[]} 3.0");
    assertThat(lost)
        .containsExactlyInAnyOrder(
            "captions.csv 2 embedding_nan",
            "captions.csv 3 repeated_id",
            "captions.csv 4 no_id",
            "captions.csv 5 no_embedding",
            "E_2.parquet 0 embedding_nan",
            "E_2.parquet 1 no_row",
            "E_10.parquet 1 repeated_id");
  }

  @Test
  void vectorsOfTwoWidthsAreRefused() throws Exception {
    VectorFile.write(folder.resolve("E_1.parquet"), List.of(new Vector("a", 1, 2)));
    VectorFile.write(folder.resolve("E_2.parquet"), List.of(new Vector("b", 1, 2, 3)));
    assertThatThrownBy(this::run)
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("E_2.parquet have 3 numbers", "E_1.parquet 2");
  }

  private void run() throws Exception {
    DealtRows dealt =
        DealtRows.of(
            PublishedTables.open(folder.resolve("captions.csv"), COLUMNS),
            EmbeddingFiles.open(folder, EmbeddingColumns.DEFAULT),
            folder.resolve("scratch"),
            "these",
            this);
    EmbeddingJoin.run(dealt, 0, this, this);
  }
}
