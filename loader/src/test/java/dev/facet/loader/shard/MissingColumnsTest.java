package dev.facet.loader.shard;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.loader.data.DataSource;
import java.nio.file.Path;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user is told whose columns have other names, or hold something else. */
class MissingColumnsTest {
  @TempDir Path dir;

  @Test
  void aFileOfAddressesSaysThatPicturesMustBeDownloadedFirst() throws Exception {
    Path file =
        new ForeignFile(
                dir.resolve("urls.parquet"),
                "required binary url (STRING); required binary caption (STRING);")
            .write(
                row -> {
                  row.add("url", "somewhere");
                  row.add("caption", "a face");
                });
    assertUsageError(
        ForeignFile.source(file, "caption"),
        "urls.parquet",
        "addresses of pictures (column `url`), not pictures",
        "download them first",
        "[url, caption]",
        "data.columns.image");
  }

  @Test
  void aColumnThatIsNotThereIsNamedWithThoseThereAreAndTheConfigKey() throws Exception {
    Path file =
        new ForeignFile(
                dir.resolve("names.parquet"),
                "required binary photo; required binary text (STRING); required int32 age;")
            .write(
                row -> {
                  row.add("photo", Binary.fromString("picture"));
                  row.add("text", "a face");
                  row.add("age", 5);
                });
    assertUsageError(
        ForeignFile.source(file, "text"),
        "names.parquet has no column `image`; it has [photo, text, age]",
        "set data.columns.image to the one with the encoded pictures");
    Path other =
        new ForeignFile(
                dir.resolve("other.parquet"),
                "required binary image; required binary text (STRING); required int32 age;")
            .write(
                row -> {
                  ForeignFile.picture(row);
                  row.add("text", "a face");
                  row.add("age", 5);
                });
    assertUsageError(
        ForeignFile.source(other, "captions", "caption"),
        "other.parquet has no column `captions` or `caption`; it has [image, text, age]",
        "set data.columns.captions");
    assertUsageError(
        ForeignFile.source(other, "age"),
        "column `age` of",
        "does not hold captions",
        "data.columns.captions");
  }

  @Test
  void aColumnThatHoldsNeitherPicturesNorPathsIsNamedWithWhatItHolds() throws Exception {
    Path file =
        new ForeignFile(
                dir.resolve("numbers.parquet"),
                "required int32 image; required binary caption (STRING);")
            .write(
                row -> {
                  row.add("image", 7);
                  row.add("caption", "a face");
                });
    assertUsageError(
        ForeignFile.source(file, "caption"),
        "column `image` of",
        "neither encoded pictures nor their paths, but [image INT32]",
        "data.columns.image");
  }

  private static void assertUsageError(DataSource source, String... parts) {
    assertThatThrownBy(() -> ShardDataset.open(source, "train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll(parts)
        .extracting(e -> ((FacetException) e).exitCode())
        .isEqualTo(2);
  }
}
