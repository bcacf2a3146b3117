package dev.facet.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.augment.Box;
import dev.facet.base.FacetException;
import dev.facet.loader.BadSampleException.Reason;
import dev.facet.loader.Chunk;
import dev.facet.loader.Format;
import dev.facet.loader.source.Lists.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTablesTest {
  @TempDir Path dir;
  private Path folder;

  @BeforeEach
  void picture() throws IOException {
    folder = dir.resolve("data");
    Lists.write(folder.resolve("a.jpg"), "p");
  }

  @Test
  void quotedCellsKeepCommasQuotesAndLines() throws Exception {
    Lists.write(
        folder.resolve("a.csv"),
        String.join(
            "\r\n",
            "\uFEFFimage,caption,box,split",
            "a.jpg,\"a \"\"big\"\", face\nin two lines\",\"[1, 2, 3, 4]\",",
            "a.jpg,plain,,test",
            "a.jpg,,,",
            ""));
    try (IndexedDataset data = Lists.open(folder, Format.CSV, "train");
        Chunk chunk = data.open(0)) {
      assertThat(Lists.rows(data))
          .containsExactly(
              new Outcome("a.csv#0", List.of("a \"big\", face\nin two lines"), "p", null),
              new Outcome("a.csv#2", List.of(), null, Reason.NO_CAPTION));
      assertThat(chunk.row(0).faceBox()).isEqualTo(new Box(1, 2, 3, 4));
    }
    try (IndexedDataset data = Lists.open(folder, Format.CSV, "test")) {
      assertThat(Lists.rows(data))
          .containsExactly(new Outcome("a.csv#1", List.of("plain"), "p", null));
    }
  }

  @Test
  void tabsSeparateWhereTheHeaderHasOne() throws Exception {
    Lists.write(folder.resolve("a.tsv"), "image\tcaption\na.jpg\tone, two\n");
    try (IndexedDataset data = Lists.open(folder.resolve("a.tsv"), Format.CSV, "train")) {
      assertThat(Lists.rows(data))
          .containsExactly(new Outcome("a.tsv#0", List.of("one, two"), "p", null));
    }
  }

  @Test
  void aCaptionThatItsCommaWouldCutIsRefusedByLineWithItsCure() throws Exception {
    Lists.write(
        folder.resolve("a.csv"),
        "\uFEFFimage,caption\n\na.jpg,\"in two\nlines\"\n"
            + "a.jpg,é\n".repeat(20_000)
            + "\na.jpg,a man, smiling\na.jpg,c\n");
    assertThatThrownBy(() -> Lists.open(folder, Format.CSV, "train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("a.csv", "line 20006 ", "'smiling'", "double quotes");
  }

  @Test
  void blankCellsAfterTheLastColumnAndEmptyLinesAreNothing() throws Exception {
    Lists.write(folder.resolve("a.csv"), "image,caption\n\na.jpg,c,, ,\n\n\na.jpg\n\n");
    try (IndexedDataset data = Lists.open(folder, Format.CSV, "train")) {
      assertThat(Lists.rows(data))
          .containsExactly(
              new Outcome("a.csv#0", List.of("c"), "p", null),
              new Outcome("a.csv#1", List.of(), null, Reason.NO_CAPTION));
    }
  }

  @Test
  void aMissingColumnIsAnsweredWithTheColumnsThereAre() throws Exception {
    Lists.write(folder.resolve("a.csv"), "path,title\na.jpg,c\n");
    assertThatThrownBy(() -> Lists.open(folder, Format.CSV, "train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("path, title", "Map `image`");
  }

  @Test
  void aQuoteThatNeverEndsIsNamedByItsRow() throws Exception {
    Lists.write(folder.resolve("a.csv"), "image,caption\na.jpg,c\na.jpg,\"open\n");
    assertThatThrownBy(() -> Lists.open(folder, Format.CSV, "train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("a.csv", "row 1 after the header");
  }
}
