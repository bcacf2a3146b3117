package dev.facet.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Format;
import dev.facet.loader.source.Lists.Outcome;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SidecarsTest {
  @TempDir Path dir;

  @Test
  void textsBesidePicturesInAnyFolderAreTheirCaptions() throws Exception {
    Path folder = dir.resolve("data");
    Lists.write(folder.resolve("a.jpg"), "pa");
    Lists.write(folder.resolve("a.txt"), "one\n\n two \n");
    Lists.write(folder.resolve("deep/er/b.x.png"), "pb");
    Lists.write(folder.resolve("deep/er/b.x.json"), "{\"caption\":\"from JSON\"}");
    Lists.write(folder.resolve("deep/er/c.jpg"), "pc");
    Lists.write(folder.resolve("test/d.jpg"), "pd");
    Lists.write(folder.resolve("test/d.txt"), "for testing");
    Lists.write(folder.resolve(".hidden/e.jpg"), "pe");
    assertThat(rows(folder, "train"))
        .containsExactly(
            new Outcome("a.jpg", List.of("one", "two"), "pa", null),
            new Outcome("deep/er/b.x.png", List.of("from JSON"), "pb", null),
            new Outcome("deep/er/c.jpg", List.of(), null, Reason.NO_CAPTION));
    assertThat(rows(folder, "test")).extracting(Outcome::picture).containsExactly("pd");
  }

  @ParameterizedTest
  @CsvSource({
    "a.jpg, a.txt",
    "a.jpg, a.caption",
    "a.jpg, a.jpg.txt",
    "a.jpg, a.jpg.caption",
    "a.JPG, a.TXT",
    "a.jpg, a.Caption",
    "A.JPEG, A.JPEG.TXT",
    "x.y.png, x.y.txt",
    "images/a.jpg, text/a.txt",
    "images/a.jpg, texts/a.caption",
    "images/a.jpg, captions/a.jpg.txt",
    "Images/a.JPG, Captions/a.TXT",
    "images/deep/a.jpg, text/deep/a.txt",
    "part/images/a.jpg, part/captions/a.txt",
    "images/a.jpg, images/a.txt"
  })
  void theTextOfAPictureIsFoundWhereverPeoplePutIt(String picture, String text) throws Exception {
    Path folder = dir.resolve("data");
    Lists.write(folder.resolve(picture), "p");
    Lists.write(folder.resolve(text), "one\ntwo\n");
    assertThat(DataLayout.of(DataSource.of(folder))).isEqualTo(Format.SIDECAR);
    assertThat(rows(folder, "train"))
        .containsExactly(new Outcome(picture, List.of("one", "two"), "p", null));
    Lists.write(folder.resolve(text), "another");
    assertThat(rows(folder, "train").getFirst().captions()).containsExactly("another");
  }

  @Test
  void ofSeveralTextsTheNearestCounts() throws Exception {
    Path folder = dir.resolve("data");
    for (String each : new String[] {"a.jpg", "a.png", "b.jpg"}) {
      Lists.write(folder.resolve("images/" + each), "p");
      Lists.write(folder.resolve("text/" + each + ".txt"), "apart " + each);
    }
    Lists.write(folder.resolve("images/a.txt"), "of both");
    Lists.write(folder.resolve("images/a.jpg.txt"), "of the jpg");
    Lists.write(folder.resolve("images/a.jpg.TXT"), "not of the usual case");
    Lists.write(folder.resolve("images/a.caption"), "of another ending");
    assertThat(rows(folder, "train"))
        .extracting(Outcome::captions)
        .containsExactly(List.of("of the jpg"), List.of("apart a.png"), List.of("apart b.jpg"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "x-UTF-16LE-BOM", "X-UTF-32BE-BOM"})
  void textsOfEveryUnicodeEncodingAreRead(String encoding) throws Exception {
    Path folder = dir.resolve("data");
    Lists.write(folder.resolve("a.jpg"), "p");
    Files.write(folder.resolve("a.txt"), "a café\r\ntwo".getBytes(Charset.forName(encoding)));
    assertThat(rows(folder, "train").getFirst().captions()).containsExactly("a café", "two");
  }

  @Test
  void aTextThatGitLfsDidNotFetchIsNoCaption() throws Exception {
    Path folder = dir.resolve("data");
    Lists.write(folder.resolve("a.jpg"), "p");
    Lists.write(folder.resolve("a.txt"), "version https://git-lfs.github.com/spec/v1\noid x\n");
    try (IndexedDataset data = Lists.open(folder, Format.SIDECAR, "train")) {
      assertThat(Lists.messages(data)).singleElement().asString().contains("git lfs pull");
    }
  }

  @Test
  void aChangedTextIsReadAnew() throws Exception {
    Path folder = dir.resolve("data");
    Lists.write(folder.resolve("a.jpg"), "pa");
    Lists.write(folder.resolve("a.txt"), "one");
    assertThat(rows(folder, "train").getFirst().captions()).containsExactly("one");
    Lists.write(folder.resolve("a.txt"), "another");
    assertThat(rows(folder, "train").getFirst().captions()).containsExactly("another");
    Lists.write(folder.resolve("b.jpg"), "pb");
    assertThat(rows(folder, "train")).hasSize(2);
  }

  @Test
  void whatCannotBeReadBesideAPictureIsCountedAndCostsThatPictureOnly() throws Exception {
    Path folder = dir.resolve("data");
    for (String each : new String[] {"a", "b", "c", "d", "e"}) {
      Lists.write(folder.resolve(each + ".jpg"), "p" + each);
    }
    Files.createDirectory(folder.resolve("a.txt"));
    Lists.write(folder.resolve("a.json"), "{\"caption\":\"of the JSON\"}");
    try (RandomAccessFile huge = new RandomAccessFile(folder.resolve("b.txt").toFile(), "rw")) {
      huge.setLength((16 << 20) + 1); // a hole: takes no room
    }
    Lists.write(folder.resolve("c.json"), "{broken");
    Lists.write(folder.resolve("c.txt"), "c");
    Lists.write(folder.resolve("f.jpg"), "pf");
    Files.write(folder.resolve("f.txt"), new byte[] {'f', (byte) 0xe9});
    Files.createSymbolicLink(folder.resolve("d.txt"), Path.of("d.txt"));
    Lists.write(folder.resolve("e.txt"), "e");
    try (IndexedDataset data = Lists.open(folder, Format.SIDECAR, "train")) {
      assertThat(Lists.rows(data))
          .containsExactly(
              new Outcome("a.jpg", List.of(), null, Reason.MALFORMED),
              new Outcome("b.jpg", List.of(), null, Reason.MALFORMED),
              new Outcome("c.jpg", List.of(), null, Reason.MALFORMED),
              new Outcome("d.jpg", List.of(), null, Reason.MALFORMED),
              new Outcome("e.jpg", List.of("e"), "pe", null),
              new Outcome("f.jpg", List.of(), null, Reason.MALFORMED));
      assertThat(Lists.messages(data))
          .satisfiesExactly(
              a -> assertThat(a).contains("a.jpg", "a.txt cannot be read"),
              b -> assertThat(b).contains("b.jpg", "b.txt is longer than 16 MB"),
              c -> assertThat(c).contains("c.jpg", ".json", "not JSON"),
              d -> assertThat(d).contains("d.jpg", "d.txt cannot be read"),
              f -> assertThat(f).contains("f.jpg", ".txt", "byte 2 is 0xe9"));
      assertThat(data.notes()).singleElement().asString().contains("5 rows are malformed");
    }
  }

  @Test
  void aFolderWithoutPicturesIsRefused() throws Exception {
    Path folder = Files.createDirectory(dir.resolve("data"));
    assertThatThrownBy(() -> rows(folder, "train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("holds no pictures");
  }

  private static List<Outcome> rows(Path folder, String split) throws IOException {
    try (IndexedDataset data = Lists.open(folder, Format.SIDECAR, split)) {
      return Lists.rows(data);
    }
  }
}
