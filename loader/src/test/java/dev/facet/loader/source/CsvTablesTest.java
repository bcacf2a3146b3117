package dev.facet.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.facet.augment.geometry.Box;
import dev.facet.base.FacetException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Format;
import dev.facet.loader.source.Lists.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
              new Outcome("a.csv#2", List.of("a \"big\", face\nin two lines"), "p", null),
              new Outcome("a.csv#5", List.of(), null, Reason.NO_CAPTION));
      assertThat(chunk.row(0).faceBox()).isEqualTo(new Box(1, 2, 3, 4));
    }
    try (IndexedDataset data = Lists.open(folder, Format.CSV, "test")) {
      assertThat(Lists.rows(data))
          .containsExactly(new Outcome("a.csv#4", List.of("plain"), "p", null));
    }
  }

  @Test
  void tabsSeparateWhereTheHeaderHasOne() throws Exception {
    Lists.write(folder.resolve("a.tsv"), "image\tcaption\na.jpg\tone, two\n");
    try (IndexedDataset data = Lists.open(folder.resolve("a.tsv"), Format.CSV, "train")) {
      assertThat(Lists.rows(data))
          .containsExactly(new Outcome("a.tsv#2", List.of("one, two"), "p", null));
    }
  }

  @Test
  void aCaptionThatItsCommaWouldCutIsABadRowByLineWithItsCure() throws Exception {
    Lists.write(
        folder.resolve("a.csv"),
        "\uFEFFimage,caption\n\na.jpg,\"in two\nlines\"\n"
            + "a.jpg,é\n".repeat(20_000)
            + "\na.jpg,a man, smiling\na.jpg,c\n");
    try (IndexedDataset data = Lists.open(folder, Format.CSV, "train")) {
      assertThat(data.size()).isEqualTo(20_003);
      assertThat(Lists.messages(data))
          .singleElement()
          .asString()
          .contains("a.csv, line 20006:", "'smiling'", "double quotes");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "a.jpg; it has 1 cells, the header has 2",
        "a.jpg,c,d; more cells than the header",
        "a.jpg,\"never closed; a quote that it opens is never closed",
        "a.jpg,\"never closed|f,; a quote that it opens is never closed",
        "a.jpg,\"say \"hi\" to her\"; after a closing quote stands 'hi\" to her\"'",
        "a.jpg,caf\u00e9 na\u00c3\u00afve; is not UTF-8 (byte 10 of it is 0xe9)",
        "a.jpg,\"one|two\",three; more cells than the header",
        "a.jpg,\"caf\u00e9|\u00c3\u00af\",d; is not UTF-8",
      })
  void aRecordThatIsNoneCostsItselfAndNoOther(String record, String why) throws Exception {
    String broken = record.replace('|', '\n');
    String text = "image,caption\na.jpg,first\n" + broken + "\na.jpg,second\na.jpg,third\n";
    Files.write(folder.resolve("a.csv"), text.getBytes(StandardCharsets.ISO_8859_1));
    try (IndexedDataset data = Lists.open(folder, Format.CSV, "train")) {
      assertThat(Lists.rows(data))
          .filteredOn(row -> row.reason() == null)
          .extracting(Outcome::captions)
          .containsExactly(List.of("first"), List.of("second"), List.of("third"));
      assertThat(Lists.messages(data)).first().asString().contains("a.csv, line 3: ", why);
      assertThat(Lists.rows(data)).element(1).extracting(Outcome::id).isEqualTo("a.csv#3");
    }
  }

  @Test
  void aQuoteThatNeverEndsDoesNotSwallowQuotedCellsAfterIt() throws Exception {
    Lists.write(
        folder.resolve("a.csv"),
        "image,caption\na.jpg,\"open\na.jpg,\"a, b\"\n\"a.jpg\",c\na.jpg,\"two\nlines\"\n");
    try (IndexedDataset data = Lists.open(folder, Format.CSV, "train")) {
      assertThat(Lists.rows(data))
          .extracting(Outcome::id, Outcome::captions)
          .containsExactly(
              tuple("a.csv#2", List.of()),
              tuple("a.csv#3", List.of("a, b")),
              tuple("a.csv#4", List.of("c")),
              tuple("a.csv#5", List.of("two\nlines")));
    }
  }

  @Test
  void aHeaderThatIsNoneIsRefused() throws Exception {
    Lists.write(folder.resolve("a.csv"), "image,\"caption\na.jpg,c\n");
    assertThatThrownBy(() -> Lists.open(folder, Format.CSV, "train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("a.csv", "its header, line 1", "never closed");
  }

  @Test
  void blankCellsAfterTheLastColumnAndEmptyLinesAreNothing() throws Exception {
    Lists.write(folder.resolve("a.csv"), "image,caption\n\na.jpg,c,, ,\n\n\na.jpg,\n\n");
    try (IndexedDataset data = Lists.open(folder, Format.CSV, "train")) {
      assertThat(Lists.rows(data))
          .containsExactly(
              new Outcome("a.csv#3", List.of("c"), "p", null),
              new Outcome("a.csv#6", List.of(), null, Reason.NO_CAPTION));
    }
  }

  @Test
  void aMissingColumnIsAnsweredWithTheColumnsThereAre() throws Exception {
    Lists.write(folder.resolve("a.csv"), "picture,words\na.jpg,c\n");
    assertThatThrownBy(() -> Lists.open(folder, Format.CSV, "train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("picture, words", "data.columns.image");
  }
}
