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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "captions.txt Images/a2.jpg",
        "annotations/captions_train2017.csv train2017/a2.jpg",
        "annotations/captions_train2017.csv images/train2017/a2.jpg",
        "lists/x.csv images/a2.jpg"
      })
  void orWherePublishedDataSetsHaveThem(String listAndPicture) throws Exception {
    String[] files = listAndPicture.split(" ", -1);
    Lists.write(data.resolve(files[0]), "file_name,caption\na2.jpg,c\n");
    Lists.write(data.resolve(files[1]), "there");
    assertThat(rows(Format.CSV, null, "train"))
        .extracting(Outcome::picture)
        .containsExactly("there");
  }

  @Test
  void inAnImageFolderTheFolderOfAPictureIsItsSplit() throws Exception {
    Lists.write(data.resolve("train/a.jpg"), "to train on");
    Lists.write(data.resolve("test/a.jpg"), "to test on");
    Lists.write(data.resolve("metadata.csv"), "file_name,text\ntrain/a.jpg,c\n./test/a.jpg,c\n");
    assertThat(rows(Format.CSV, null, "train"))
        .extracting(Outcome::picture)
        .containsExactly("to train on");
    assertThat(rows(Format.CSV, null, "test"))
        .extracting(Outcome::picture)
        .containsExactly("to test on");
    Files.delete(data.resolve("metadata.csv"));
    Lists.write(data.resolve("test/metadata.csv"), "file_name,text\na.jpg,c\n");
    assertThat(rows(Format.CSV, null, "test"))
        .extracting(Outcome::picture)
        .containsExactly("to test on");
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
    return rows(Format.JSONL, imageRoot, "train");
  }

  private List<Outcome> rows(Format format, @Nullable Path imageRoot, String split)
      throws IOException {
    DataSource source = new DataSource(data, format, imageRoot, Preset.FACET.fields(), 0, 1);
    try (IndexedDataset rows = Lists.open(source, split)) {
      return Lists.rows(rows);
    }
  }

  private static String line(String path) {
    return "{\"file_name\":\"" + path + "\",\"text\":\"c\"}\n";
  }
}
