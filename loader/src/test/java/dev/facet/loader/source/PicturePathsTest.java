package dev.facet.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Format;
import dev.facet.loader.data.Preset;
import dev.facet.loader.source.Lists.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the paths in lists lead. */
class PicturePathsTest {
  @TempDir Path dir;
  private Path data;
  private Path other;

  @BeforeEach
  void pictures() throws IOException {
    data = dir.resolve("data");
    other = dir.resolve("other");
    Lists.write(data.resolve("a.jpg"), "of the data");
    Lists.write(other.resolve("a.jpg"), "of the other folder");
  }

  @Test
  void absolutePathsAreReadInsideTheDataAndTheImageRoot() throws Exception {
    Lists.write(
        data.resolve("list.jsonl"),
        line(data.resolve("a.jpg").toString()) + line(other.resolve("a.jpg").toString()));
    assertThat(rows(null))
        .extracting(Outcome::picture, Outcome::reason)
        .containsExactly(tuple("of the data", null), tuple(null, Reason.OUTSIDE));
    for (Path imageRoot : List.of(other, dir, Path.of("/"))) {
      assertThat(rows(imageRoot))
          .extracting(Outcome::picture)
          .containsExactly("of the data", "of the other folder");
    }
  }

  @Test
  void relativePathsStartAtTheListsOwnFolder() throws Exception {
    for (String split : List.of("train", "test")) {
      Lists.write(data.resolve(split + "/metadata.jsonl"), line("b.jpg") + line("../a.jpg"));
      Lists.write(data.resolve(split + "/b.jpg"), "of " + split);
    }
    Lists.write(data.resolve("b.jpg"), "of another of that name");
    assertThat(rows(null)).extracting(Outcome::picture).containsExactly("of train", "of the data");
  }

  @Test
  void orAtTheDataOrImagesThereWhereTheFirstPicturesLie() throws Exception {
    Lists.write(data.resolve("lists/list.jsonl"), line("gone.jpg") + line("a.jpg"));
    assertThat(rows(null)).extracting(Outcome::picture).containsExactly(null, "of the data");
    Lists.write(data.resolve("images/b.jpg"), "in images");
    Lists.write(data.resolve("lists/list.jsonl"), line("b.jpg"));
    assertThat(rows(null)).extracting(Outcome::picture).containsExactly("in images");
  }

  @Test
  void orWhereTheUserSaysAndNowhereElse() throws Exception {
    Lists.write(data.resolve("list.jsonl"), line("a.jpg") + line("b.jpg"));
    Lists.write(data.resolve("b.jpg"), "of the data");
    assertThat(rows(other))
        .extracting(Outcome::picture)
        .containsExactly("of the other folder", null);
  }

  @Test
  void aPictureThatIsMissingIsNeverAnsweredWithAnotherOfItsName() throws Exception {
    Lists.write(data.resolve("train/list.jsonl"), line("b.jpg") + line("a.jpg"));
    Lists.write(data.resolve("train/b.jpg"), "b");
    assertThat(rows(null)).extracting(Outcome::reason).containsExactly(null, Reason.MISSING);
  }

  @Test
  void picturesThatCameAfterTheIndexAreFound() throws Exception {
    Lists.write(data.resolve("train/list.jsonl"), line("late.jpg"));
    assertThat(rows(null)).extracting(Outcome::reason).containsExactly(Reason.MISSING);
    Lists.write(data.resolve("late.jpg"), "came late");
    assertThat(rows(null)).extracting(Outcome::picture).containsExactly("came late");
    Path moved = Files.move(data, dir.resolve("moved"));
    data = moved;
    assertThat(rows(null)).extracting(Outcome::picture).containsExactly("came late");
  }

  private List<Outcome> rows(@Nullable Path imageRoot) throws IOException {
    DataSource source = new DataSource(data, Format.JSONL, imageRoot, Preset.FACET.fields(), 0, 1);
    try (IndexedDataset rows = Lists.open(source, "train")) {
      return Lists.rows(rows);
    }
  }

  private static String line(String path) {
    return "{\"file_name\":\"" + path + "\",\"text\":\"c\"}\n";
  }
}
