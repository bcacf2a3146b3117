package dev.facet.loader.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.loader.data.Format;
import dev.facet.loader.source.IndexedDataset;
import dev.facet.loader.source.Lists;
import dev.facet.loader.source.Lists.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexTest {
  @TempDir Path dir;
  private Path folder;
  private Path list;

  @BeforeEach
  void data() throws IOException {
    folder = dir.resolve("data");
    list = folder.resolve("captions.jsonl");
    Lists.write(folder.resolve("a.jpg"), "p");
    Lists.write(list, line("one") + line("two"));
  }

  @Test
  void theIndexIsMadeOnceAndKeptBesideTheData() throws IOException {
    assertThat(captions()).containsExactly("one", "two");
    Path index = Lists.indexes(folder).getFirst();
    assertThat(index.getFileName().toString()).startsWith(".facet-index-");
    FileTime made = Files.getLastModifiedTime(index);
    assertThat(captions()).containsExactly("one", "two");
    assertThat(Lists.indexes(folder)).containsExactly(index);
    assertThat(Files.getLastModifiedTime(index)).isEqualTo(made);
  }

  @Test
  void aChangedListIsReadAnew() throws IOException {
    captions();
    Lists.write(list, line("six") + line("two"));
    Files.setLastModifiedTime(list, FileTime.fromMillis(1_000_000));
    assertThat(captions()).containsExactly("six", "two");
    Lists.write(list, line("one"));
    assertThat(captions()).containsExactly("one");
  }

  @Test
  void aDamagedIndexIsMadeAnewOrRefusedNeverBelieved() throws IOException {
    List<String> right = captions();
    Path index = Lists.indexes(folder).getFirst();
    byte[] whole = Files.readAllBytes(index);
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      byte[] bytes = whole.clone();
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(index, bytes);
      try {
        assertThat(captions()).isEqualTo(right);
      } catch (IOException refused) {
        assertThat(refused).hasMessageContainingAll("damaged", "delete it");
      }
      Files.write(index, Arrays.copyOf(whole, random.nextInt(whole.length)));
      assertThat(captions()).isEqualTo(right);
    }
  }

  @Test
  void aFolderMarkedReadOnlyIsLeftAsItIsEvenByRoot() throws IOException {
    Set<PosixFilePermission> before = Files.getPosixFilePermissions(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assertThat(captions()).containsExactly("one", "two");
      assertThat(Lists.indexes(folder)).isEmpty();
      assertThat(Lists.indexes(dir.resolve("cache"))).hasSize(1);
    } finally {
      Files.setPosixFilePermissions(folder, before);
    }
  }

  @Test
  void whereTheDataFolderCannotBeWrittenTheIndexGoesToTheCache() throws IOException {
    captions();
    Path index = Lists.indexes(folder).getFirst();
    Files.delete(index);
    Files.createDirectories(index.resolve("in the way"));
    assertThat(captions()).containsExactly("one", "two");
    assertThat(Lists.indexes(dir.resolve("cache"))).hasSize(1);
    assertThat(captions()).containsExactly("one", "two");
    Lists.indexes(dir.resolve("cache")).forEach(f -> assertThat(f.toFile().delete()).isTrue());
    Files.delete(dir.resolve("cache"));
    Files.writeString(dir.resolve("cache"), "in the way too");
    assertThatThrownBy(this::captions)
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("cannot write the index", "XDG_CACHE_HOME");
  }

  @Test
  void manyFilesScannedAtOnceComeInTheOrderOfTheirNames() throws IOException {
    for (int file = 0; file < 40; file++) {
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < 1 + file * 7 % 90; i++) {
        lines.append(line(file + "/" + i));
      }
      Lists.write(
          dir.resolve(String.format(Locale.ROOT, "many/%03d.jsonl", file)), lines.toString());
    }
    List<String> expected =
        IntStream.range(0, 40)
            .boxed()
            .flatMap(f -> IntStream.range(0, 1 + f * 7 % 90).mapToObj(i -> f + "/" + i))
            .toList();
    try (IndexedDataset data = Lists.open(dir.resolve("many"), Format.JSONL, "train")) {
      assertThat(
              IntStream.range(0, data.chunkCount())
                  .boxed()
                  .flatMap(c -> captions(data, c).stream().flatMap(List::stream)))
          .containsExactlyElementsOf(expected);
    }
  }

  @Test
  void ofSeveralFilesThatAreNoListsTheFirstIsNamed() throws IOException {
    Path many = dir.resolve("many");
    for (int file = 0; file < 20; file++) {
      Lists.write(
          many.resolve(String.format(Locale.ROOT, "%03d.json", file)),
          file < 5 ? "[" + line("x") + "]" : "");
    }
    assertThatThrownBy(() -> Lists.open(many, Format.JSON, "train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("005.json");
  }

  @Test
  void ofManyFilesWithMalformedRowsTheFirstNotesAreKeptAndTheRestCounted() throws IOException {
    Path many = dir.resolve("many");
    for (int file = 0; file < 40; file++) {
      Lists.write(
          many.resolve(String.format(Locale.ROOT, "%03d.jsonl", file)), line("x") + "broken\n");
    }
    try (IndexedDataset data = Lists.open(many, Format.JSONL, "train")) {
      assertThat(data.size()).isEqualTo(80);
      assertThat(data.notes()).hasSize(21);
      assertThat(data.notes().getLast()).contains("20 notes more");
    }
  }

  @Test
  void tooManySplitsAreAWrongMapping() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i <= IndexWriter.MOST_SPLITS; i++) {
      lines.append(line("c").replace("}", ",\"split\":\"s" + i + "\"}"));
    }
    Lists.write(list, lines.toString());
    assertThatThrownBy(this::captions)
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("does data.columns.split name the right field?");
  }

  private static List<List<String>> captions(IndexedDataset data, int chunk) {
    try {
      return data.captions(chunk);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> captions() throws IOException {
    try (IndexedDataset data = Lists.open(folder, Format.JSONL, "train")) {
      return Lists.rows(data).stream().map(Outcome::captions).flatMap(List::stream).toList();
    }
  }

  private static String line(String caption) {
    return "{\"image\":\"a.jpg\",\"caption\":\"" + caption + "\"}\n";
  }
}
