package dev.facet.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.augment.Box;
import dev.facet.base.FacetException;
import dev.facet.loader.BadSampleException;
import dev.facet.loader.BadSampleException.Reason;
import dev.facet.loader.Chunk;
import dev.facet.loader.Row;
import dev.facet.loader.RowCopy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderDatasetTest {
  @TempDir Path dir;
  private Path folder;

  @BeforeEach
  void pictures() throws IOException {
    folder = dir.resolve("data");
    Files.createDirectories(folder.resolve("images"));
    Files.writeString(folder.resolve("images/a.jpg"), "picture a");
    Files.writeString(folder.resolve("images/b.jpg"), "picture b, longer");
    Files.writeString(folder.resolve("images/empty.jpg"), "");
    Files.writeString(dir.resolve("secret.jpg"), "not part of the data");
  }

  @Test
  void everyFieldOfALineArrivesInItsRow() throws Exception {
    index(
        """
        {"image":"images/a.jpg","captions":["one"," ","two"],"box":[1,2.5,30,40],"label":"smile",\
        "labels":{"hair":"red"},"id":"x1","source":"camera"}

        {"image":"images/b.jpg","caption":"three"}
        """);
    try (FolderDataset dataset = FolderDataset.open(folder, "train");
        Chunk chunk = dataset.open(0)) {
      assertThat(dataset.size()).isEqualTo(2);
      Row first = chunk.row(0);
      assertThat(text(first)).isEqualTo("picture a");
      assertThat(first.image().memory().isNative()).isTrue();
      assertThat(first.captions()).containsExactly("one", "two");
      assertThat(first.faceBox()).isEqualTo(new Box(1, 2.5, 30, 40));
      assertThat(first.labels()).containsEntry("label", "smile").containsEntry("hair", "red");
      assertThat(first.id()).isEqualTo("x1");
      assertThat(first.source()).isEqualTo("camera");
      Row second = chunk.row(1);
      assertThat(text(second)).isEqualTo("picture b, longer");
      assertThat(second.captions()).containsExactly("three");
      assertThat(second.box()).isNull();
      assertThat(second.id()).isEqualTo("images/b.jpg#3");
      assertThat(second.source()).isEqualTo("captions.jsonl#3");
    }
  }

  @Test
  void chunksAreRangesOf256EntriesOfTheAskedSplitInOrder() throws Exception {
    index(
        IntStream.range(0, 1200)
            .mapToObj(
                i ->
                    "{\"image\":\"images/a.jpg\",\"caption\":\"é no. %d\",\"split\":\"%s\"}"
                        .formatted(i, i % 2 == 0 ? "train" : "test"))
            .collect(Collectors.joining("\r\n")));
    try (FolderDataset dataset = FolderDataset.open(folder, "test")) {
      assertThat(IntStream.range(0, dataset.chunkCount()).map(dataset::rowCount))
          .containsExactly(256, 256, 88);
      try (Chunk chunk = dataset.open(2)) {
        assertThat(chunk.row(87).captions()).containsExactly("é no. 1199");
        assertThat(chunk.row(0).captions()).containsExactly("é no. 1025");
      }
    }
  }

  @Test
  void aSplitSparselyStrewnOverALongFileIsReadInPieces() throws Exception {
    String wanted = "{\"image\":\"images/a.jpg\",\"caption\":\"%s\",\"split\":\"test\"}\n";
    String other = "{\"image\":\"images/b.jpg\",\"caption\":\"" + "x".repeat(1 << 20) + "\"}\n";
    index(
        wanted.formatted("one")
            + wanted.formatted("two")
            + other.repeat(9)
            + wanted.formatted("three")
            + other);
    try (FolderDataset dataset = FolderDataset.open(folder, "test")) {
      assertThat(IntStream.range(0, dataset.chunkCount()).map(dataset::rowCount))
          .containsExactly(2, 1);
      assertThat(dataset.captions(0)).containsExactly(List.of("one"), List.of("two"));
      assertThat(dataset.captions(1)).containsExactly(List.of("three"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret.jpg", "images/../../secret.jpg", "ABSOLUTE", "nul\\u0000.jpg"})
  void aPathOutOfTheFolderIsNeverRead(String path) throws Exception {
    String image = path.equals("ABSOLUTE") ? dir.resolve("secret.jpg").toString() : path;
    index("{\"image\":\"" + image + "\",\"caption\":\"c\"}");
    assertBad(Reason.MISSING);
  }

  @Test
  void aMissingFileIsABadSample() throws Exception {
    index("{\"image\":\"images/gone.jpg\",\"caption\":\"c\"}");
    assertBad(Reason.MISSING);
    index("{\"image\":\"images\",\"caption\":\"c\"}");
    assertBad(Reason.MISSING);
  }

  @Test
  void anEmptyFileIsABadSample() throws Exception {
    index("{\"image\":\"images/empty.jpg\",\"caption\":\"c\"}");
    assertBad(Reason.CORRUPT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"caption\":\" \"", "\"captions\":[]", "\"captions\":[null]", "\"a\":1"})
  void noCaptionThatIsNotBlankIsABadSample(String captions) throws Exception {
    index("{\"image\":\"images/a.jpg\"," + captions + "}");
    assertBad(Reason.NO_CAPTION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1,2,3]", "\"1,2,3,4\"", "[1,2,3,\"x\"]"})
  void aBoxThatIsNotFourNumbersIsABadSample(String box) throws Exception {
    index("{\"image\":\"images/a.jpg\",\"caption\":\"c\",\"box\":" + box + "}");
    assertBad(Reason.BAD_BOX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"image\":", "[1]", "{\"caption\":\"c\"}", "{\"image\":\"i\",\"caption\":5}"})
  void aMalformedLineIsNamedByFileAndNumber(String line) throws IOException {
    index("{\"image\":\"images/a.jpg\",\"caption\":\"c\"}\n\n" + line + "\n");
    assertThatThrownBy(() -> FolderDataset.open(folder, "train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("line 3", "captions.jsonl", "mend the line or remove it");
  }

  @Test
  void anUnknownSplitIsAnsweredWithThoseThereAre() throws IOException {
    index("{\"image\":\"images/a.jpg\",\"caption\":\"c\"}");
    assertThatThrownBy(() -> FolderDataset.open(folder, "test"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("no entries in split 'test'", "there is train")
        .extracting(e -> ((FacetException) e).exitCode())
        .isEqualTo(2);
  }

  private void assertBad(Reason reason) throws Exception {
    try (FolderDataset dataset = FolderDataset.open(folder, "train");
        Chunk chunk = dataset.open(0)) {
      assertThatThrownBy(() -> chunk.row(0))
          .isInstanceOf(BadSampleException.class)
          .extracting(e -> ((BadSampleException) e).reason())
          .isEqualTo(reason);
    }
  }

  private void index(String lines) throws IOException {
    Files.writeString(folder.resolve(FolderDataset.INDEX), lines);
  }

  private static String text(Row row) {
    return new String(RowCopy.bytes(row), StandardCharsets.UTF_8);
  }
}
