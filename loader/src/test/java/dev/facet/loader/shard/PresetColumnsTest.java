package dev.facet.loader.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Preset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet files with the columns of published data sets, and files that are none. */
class PresetColumnsTest {
  @TempDir Path folder;

  @Test
  void faceCaption15M() throws IOException {
    String columns = text("_id") + texts("caption") + text("url") + texts("laion_caption");
    Path file =
        write(
            columns + text("box"),
            row -> {
              row.add("_id", "1");
              add(row, "caption", "A face.");
              row.add("url", "http://127.0.0.1/1.jpg");
              row.addGroup("laion_caption").addGroup("list");
              row.add("box", "[1.0, 2.0, 30.0, 40.0]");
            });
    assertCaptions(file, Preset.FACECAPTION_15M, "A face.");
  }

  @Test
  void faceCaptionHq4MAsTextsAndAsLists() throws IOException {
    Path texts =
        write(
            text("url")
                + text("image_caption")
                + text("face_caption")
                + text("image_short_caption"),
            row -> {
              row.add("url", "http://127.0.0.1/1.jpg");
              row.add("image_caption", "A scene.");
              row.add("face_caption", "A face.");
            });
    assertCaptions(texts, Preset.FACECAPTIONHQ_4M, "A face.");
    Path lists =
        write(
            text("url")
                + texts("image_caption")
                + texts("face_caption")
                + texts("image_short_caption"),
            row -> {
              row.add("url", "http://127.0.0.1/1.jpg");
              add(row, "image_caption", "A scene.");
              add(row, "image_short_caption", "Short.");
            });
    assertCaptions(lists, Preset.FACECAPTIONHQ_4M, "Short.");
  }

  @Test
  void humanCaption10M() throws IOException {
    Path file =
        write(
            text("image_id")
                + text("image")
                + texts("human_caption")
                + text("url")
                + text("sha256"),
            row -> {
              row.add("image_id", "split_00001_000010001");
              row.add("image", "split_00001/000010001.jpg");
              add(row, "human_caption", "Somebody by a lake.");
            });
    assertThat(captions(file, Preset.HUMANCAPTION_10M))
        .containsExactly(List.of("Somebody by a lake."));
    // It has paths as well, for those who have the pictures.
    try (ShardDataset data =
        ShardDataset.open(DataSource.of(file, Preset.HUMANCAPTION_10M), "train")) {
      assertThat(data.sought())
          .contains("paths", folder.toString(), "data.image_root", "download them first");
    }
  }

  @Test
  void humanCaptionHq311K() throws IOException {
    Path file =
        write(
            text("url")
                + "optional group human_caption_hq (LIST) { repeated group list {"
                + " optional group element { %s %s } } }".formatted(text("from"), text("value")),
            row -> {
              Group turns = row.addGroup("human_caption_hq");
              for (String[] turn : new String[][] {{"human", "What?"}, {"gpt", "A face."}}) {
                Group element = turns.addGroup("list").addGroup("element");
                element.add("from", turn[0]);
                element.add("value", turn[1]);
              }
            });
    assertCaptions(file, Preset.HUMANCAPTION_HQ_311K, "A face.");
  }

  @Test
  void aFileThatIsNoneIsRefusedByWhatItIs() throws IOException {
    Path file = folder.resolve("a.parquet");
    assertRefused(Files.createFile(file), "only 0 bytes", "make or copy it again");
    assertRefused(Files.writeString(file, "PAR1PAR1"), "only 8 bytes", "make or copy it again");
    assertRefused(
        Files.writeString(
            file,
            "version https://git-lfs.github.com/spec/v1\noid sha256:"
                + "0".repeat(64)
                + "\nsize 300000000\n"),
        "Git LFS",
        "git lfs pull");
    assertThatThrownBy(() -> captions(write(texts("caption")), Preset.FACECAPTION_15M))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("a.parquet has no rows");
  }

  private static void assertRefused(Path file, String reason, String cure) {
    assertThatThrownBy(() -> captions(file, Preset.FACECAPTION_15M))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("a.parquet", reason, cure);
  }

  /** The captions; the pictures are addresses only, which is told. */
  private static void assertCaptions(Path file, Preset preset, String caption) throws IOException {
    assertThat(captions(file, preset)).containsExactly(List.of(caption));
    assertThatThrownBy(() -> ShardDataset.open(DataSource.of(file, preset), "train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("addresses of pictures", "download them first");
  }

  private static List<List<String>> captions(Path file, Preset preset) throws IOException {
    try (ShardDataset dataset = ShardDataset.openCaptions(DataSource.of(file, preset), "train")) {
      return dataset.captions(0);
    }
  }

  @SafeVarargs
  private final Path write(String columns, Consumer<Group>... rows) throws IOException {
    return new ForeignFile(folder.resolve("a.parquet"), columns).write(rows);
  }

  private static String text(String name) {
    return "optional binary %s (STRING);".formatted(name);
  }

  private static String texts(String name) {
    return "optional group %s (LIST) { repeated group list { optional binary element (STRING); } }"
        .formatted(name);
  }

  private static void add(Group row, String column, String text) {
    row.addGroup(column).addGroup("list").add("element", text);
  }
}
