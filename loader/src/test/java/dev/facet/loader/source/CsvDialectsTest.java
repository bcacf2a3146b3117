package dev.facet.loader.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.Format;
import dev.facet.loader.source.Lists.Outcome;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables as programs of all kinds write them. */
class CsvDialectsTest {
  @TempDir Path dir;
  private Path folder;

  @BeforeEach
  void picture() throws IOException {
    folder = dir.resolve("data");
    Lists.write(folder.resolve("a.jpg"), "p");
  }

  /** {@code ~} stands for a line feed, {@code ^} for a tab. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "image,caption~a.jpg,a man # a man",
        "image;caption~a.jpg;a man, smiling # a man, smiling",
        "sep=;~image;caption~a.jpg;a man, smiling # a man, smiling",
        "image;caption~a.jpg;\"a; b\" # a; b",
        "image|caption~a.jpg|a man; b, c # a man; b, c",
        "image_name| comment_number| comment~a.jpg| 0| Two men , smiling . # Two men , smiling .",
        "filepath^title~a.jpg^a man, smiling # a man, smiling",
        "id,note;more^image^caption~1^a.jpg^c # c",
        "\"image\";\"caption\"~\"a.jpg\";\"a man\" # a man",
        "image, caption~a.jpg, a man # a man",
        "image, caption~a.jpg, \"a, man\" # a, man",
        "image, caption~a.jpg, \"hi\" he said # \"hi\" he said",
        "caption;image~\"two~lines\";a.jpg # two~lines",
        "image^caption~a.jpg^\"hi\" he said # \"hi\" he said",
        "image^caption~a.jpg^\"never closed # \"never closed",
        "image^caption~a.jpg^a 5\" tall \"man # a 5\" tall \"man",
        "image^caption~a.jpg^\"two~lines\" # two~lines",
        "image^caption~a.jpg^\"say \"\"hi\"\"\" # say \"hi\"",
        "image|caption~a.jpg|\"hi\" he said # \"hi\" he said",
      })
  void theSeparatorIsToldByTheHeader(String table, String caption) throws Exception {
    for (String lineFeed : List.of("\n", "\r\n")) {
      for (String name : List.of("x.csv", "x.tsv")) {
        write(name, table.replace('^', '\t').replace("~", lineFeed), "UTF-8");
        assertThat(rows(Format.AUTO))
            .singleElement()
            .extracting(Outcome::picture, Outcome::captions)
            .containsExactly("p", List.of(caption.replace('~', '\n')));
      }
    }
  }

  @Test
  void betweenTabsAQuoteThatIsNoneSwallowsNoRow() throws Exception {
    write(
        "x.tsv",
        "image\tcaption\na.jpg\t\"open\na.jpg\tlike \"this\"\na.jpg\tends in a quote\"\na.jpg\tc\n",
        "UTF-8");
    assertThat(rows(Format.AUTO))
        .extracting(Outcome::captions)
        .containsExactly(
            List.of("\"open"),
            List.of("like \"this\""),
            List.of("ends in a quote\""),
            List.of("c"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTF-8",
        "UTF-16",
        "UTF-16LE",
        "UTF-16BE",
        "x-UTF-16LE-BOM",
        "X-UTF-32LE-BOM",
        "X-UTF-32BE-BOM",
        "windows-1252"
      })
  void everyEncodingThatCanBeToldIsRead(String encoding) throws Exception {
    String accents = "Caf\u00e9 \u2013 \u201cfa\u00e7ade\u201d, na\u00efve";
    String emoji = encoding.contains("UTF") ? " \ud83d\ude00" : "";
    String row = "a.jpg;" + accents + emoji + "\r\n";
    write("x.csv", "image;caption\r\n" + row.repeat(3000), encoding);
    try (IndexedDataset data = Lists.open(folder, Format.AUTO, "train")) {
      assertThat(Lists.rows(data))
          .hasSize(3000)
          .allMatch(each -> each.captions().equals(List.of(accents + emoji)));
      assertThat(data.notes().toString().contains("Windows-1252"))
          .isEqualTo(encoding.equals("windows-1252"));
    }
  }

  @Test
  void anotherAlphabetInSingleBytesIsRefusedNotReadAsLatin() throws Exception {
    write(
        "x.csv",
        "image,caption\na.jpg,\u043c\u0443\u0436\u0447\u0438\u043d\u0430\n",
        "windows-1251");
    assertThat(rows(Format.AUTO)).extracting(Outcome::reason).containsExactly(Reason.MALFORMED);
  }

  @Test
  void aTableThatIsCalledTxtIsReadAndTextsBesidePicturesAreNone() throws Exception {
    write("captions.txt", "image,caption\na.jpg,one\na.jpg,\"two, three\"\n", "UTF-8");
    assertThat(rows(Format.AUTO))
        .extracting(Outcome::captions)
        .containsExactly(List.of("one"), List.of("two, three"));
    try (IndexedDataset data = Lists.open(folder.resolve("captions.txt"), Format.AUTO, "train")) {
      assertThat(Lists.rows(data)).hasSize(2);
    }
    Files.delete(folder.resolve("captions.txt"));
    write("a.txt", "the image, a caption\n", "UTF-8");
    assertThat(rows(Format.AUTO))
        .extracting(Outcome::captions)
        .containsExactly(List.of("the image, a caption"));
  }

  private List<Outcome> rows(Format format) throws IOException {
    try (IndexedDataset data = Lists.open(folder, format, "train")) {
      return Lists.rows(data);
    }
  }

  /** The only table. */
  private void write(String name, String table, String encoding) throws IOException {
    for (String old : List.of("x.csv", "x.tsv")) {
      Files.deleteIfExists(folder.resolve(old));
    }
    Files.write(folder.resolve(name), table.getBytes(Charset.forName(encoding)));
  }
}
