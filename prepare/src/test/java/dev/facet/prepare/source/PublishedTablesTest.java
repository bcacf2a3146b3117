package dev.facet.prepare.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PublishedTablesTest {
  private static final TableColumns LIST = PublishedSet.ADDRESSES.columns();
  private static final TableColumns ALL =
      new TableColumns(
          List.of("url"),
          List.of("id", "key"),
          List.of("short", "long|caption"),
          List.of("box"),
          List.of("sha256"),
          List.of("image"));

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.csv   | url,caption\\nhttp://a/1.jpg,\"one, two\"\\nhttp://a/2.jpg,",
        "a.tsv   | caption\\turl\\none, two\\thttp://a/1.jpg\\n\\thttp://a/2.jpg\\n",
        "a.csv   | TEXT;URL\\n\"one, two\";http://a/1.jpg\\n;http://a/2.jpg",
        "a.jsonl | {\"url\":\"http://a/1.jpg\",\"text\":\"one, two\"}\\n"
            + "{\"url\":\"http://a/2.jpg\",\"text\":\"\"}",
        "a.json  | [{\"url\":[\"http://a/1.jpg\"],\"caption\":[\"one,"
            + " two\"]},{\"url\":\"http://a/2.jpg\",\"caption\":\"\"}]"
      })
  void listsOfEveryFormGiveTheSameRows(String name, String content) throws Exception {
    write(name, content);
    Kept kept = Kept.of(PublishedTables.open(folder, LIST));
    assertThat(kept.rows).extracting(PublishedRow::number).containsExactly(0L, 1L);
    assertThat(kept.rows)
        .extracting(PublishedRow::urls)
        .containsExactly(List.of("http://a/1.jpg"), List.of("http://a/2.jpg"));
    assertThat(kept.rows.getFirst().captions().firstEntry().getValue()).containsExactly("one, two");
    assertThat(kept.captions()).isEqualTo(1);
  }

  @Test
  void aTextIsAnAddressPerLine() throws Exception {
    write("urls.txt", "http://a/1,2.jpg\n\n http://a/3.jpg \n");
    write("README.txt", "About these addresses.\n");
    TableColumns alone =
        new TableColumns(List.of("url"), List.of(), List.of(), List.of(), List.of(), List.of());
    PublishedTables tables = PublishedTables.open(folder, alone);
    assertThat(tables.files()).extracting(TableFile::name).containsExactly("urls.txt");
    assertThat(tables.count(tables.files().getFirst())).isEqualTo(2);
    assertThat(Kept.of(tables).rows)
        .extracting(PublishedRow::urls)
        .containsExactly(List.of("http://a/1,2.jpg"), List.of("http://a/3.jpg"));
  }

  @Test
  void everyColumnComesUnderItsName() throws Exception {
    write(
        "a.jsonl",
        """
        {"key": 7, "url": "u, v", "short": ["s", null, "t"], "caption": "c",
        """
                .strip()
            + """
             "box": ["[1, 2, 3, 4]", "[5, 6, 7, 8]"], "sha256": "AB", "image": "../x.jpg"}
            """);
    PublishedRow row = Kept.of(PublishedTables.open(folder, ALL)).rows.getFirst();
    assertThat(row.id()).isEqualTo("7");
    assertThat(row.urls()).containsExactly("u, v");
    assertThat(row.captions().sequencedKeySet()).containsExactly("short", "caption");
    assertThat(row.captions().get("short")).containsExactly("s", "t");
    assertThat(row.boxes()).containsExactly("[1, 2, 3, 4]", "[5, 6, 7, 8]");
    assertThat(row.sha256()).isEqualTo("AB");
    assertThat(row.image()).isEqualTo("../x.jpg");
  }

  @Test
  void aColumnThatIsNotThereIsAnsweredWithThoseThatAre() throws Exception {
    write("a.csv", "link,words\nhttp://a/1.jpg,c\n");
    assertThatThrownBy(() -> PublishedTables.open(folder, ALL))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("a.csv", "no column `url`", "link, words", "columns.url");
    write("a.csv", "url,words\nhttp://a/1.jpg,c\n");
    assertThatThrownBy(() -> PublishedTables.open(folder, LIST))
        .hasMessageContainingAll("`caption` or `TEXT`", "url, words", "[] for none");
  }

  @Test
  void aKeyThatOnlyALaterRowHasIsThere() throws Exception {
    write("a.jsonl", "{\"url\":\"u\"}\n{\"url\":null,\"caption\":\"c\"}\n");
    Kept kept = Kept.of(PublishedTables.open(folder, LIST));
    assertThat(kept.rows).extracting(PublishedRow::urls).containsExactly(List.of("u"), List.of());
    assertThat(kept.captions()).isEqualTo(1);
  }

  @Test
  void aBrokenLineCostsItselfAndKeepsItsNumber() throws Exception {
    write(
        "a.jsonl",
        "{\"url\":\"u\",\"caption\":\"c\"}\n{\"url\":\n{\"url\":\"v\",\"caption\":\"d\"}\n");
    PublishedTables tables = PublishedTables.open(folder, LIST);
    Kept kept = Kept.of(tables);
    assertThat(kept.rows).extracting(PublishedRow::number).containsExactly(0L, 2L);
    assertThat(kept.lost).singleElement().asString().startsWith("1 ").contains("line 2");
    assertThat(tables.count(tables.files().getFirst())).isEqualTo(3);
  }

  @Test
  void filesComeInTheOrderOfTheirNumbers() throws Exception {
    for (String name : List.of("part_10.csv", "part_2.csv", "part_1.csv", "b/part_1.csv")) {
      write(name, "url,caption\nhttp://a/1.jpg,c\n");
    }
    assertThat(PublishedTables.open(folder, LIST).files())
        .extracting(TableFile::name)
        .containsExactly("b/part_1.csv", "part_1.csv", "part_2.csv", "part_10.csv");
  }

  @ParameterizedTest
  @CsvSource({"a.json, '', empty", "a.json, <html>, no JSON array", "a.zip, x, by its ending"})
  void whatIsNoTableIsRefused(String name, String content, String told) throws Exception {
    Path file = write(name, content);
    assertThatThrownBy(() -> PublishedTables.open(file, LIST))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll(name, told);
  }

  @Test
  void aSinkThatFailsIsNotTakenForATableThatDoes() throws Exception {
    write("a.csv", "url,caption\nu,c\n");
    PublishedTables tables = PublishedTables.open(folder, LIST);
    IOException full = new IOException("no space left");
    RowSink sink =
        new RowSink() {
          @Override
          public void row(PublishedRow row) throws IOException {
            throw full;
          }

          @Override
          public void unreadable(long first, long count, String why) {}
        };
    assertThatThrownBy(() -> tables.read(tables.files().getFirst(), sink)).isSameAs(full);
  }

  @Test
  void anInterruptEndsReading() throws Exception {
    write("a.csv", "url,caption\nu,c\nv,d\n");
    PublishedTables tables = PublishedTables.open(folder, LIST);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> tables.read(tables.files().getFirst(), new Kept()))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  private Path write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    return Files.writeString(file, content.replace("\\n", "\n").replace("\\t", "\t"));
  }
}
