package dev.facet.loader.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.augment.Augmentation;
import dev.facet.augment.resample.Interpolation;
import dev.facet.augment.resample.ResizeMode;
import dev.facet.base.FacetException;
import dev.facet.base.Rgb;
import dev.facet.loader.Datasets;
import dev.facet.loader.Pictures;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.decode.DecodeSettings;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsableRowsTest {
  private static final String GOOD = "{\"image\":\"a.jpg\",\"caption\":\"c\"}\n";
  private static final ImageSettings IMAGES =
      new ImageSettings(
          16,
          Augmentation.evaluation(null, ResizeMode.SHORTEST, Interpolation.BICUBIC),
          List.of(0.0, 0.0, 0.0),
          List.of(1.0, 1.0, 1.0),
          new DecodeSettings(1 << 20, 1 << 20, false, Rgb.of(0xffffff), true),
          BoxSpace.STORED,
          PixelType.UINT8);

  @TempDir Path folder;

  @BeforeEach
  void pictures() throws IOException {
    Files.write(folder.resolve("a.jpg"), Pictures.jpeg(Pictures.flat(20, 20, Color.RED)));
    Files.writeString(folder.resolve("torn.jpg"), "no picture");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"image\":\"gone.jpg\",\"caption\":\"c\"} | missing 5 | gone.jpg does not exist",
        "{\"image\":\"torn.jpg\",\"caption\":\"c\"} | unsupported 5 | captions.jsonl#1",
        "{\"image\":\"a.jpg\",\"caption\":\" \"} | no_caption 5 | captions.jsonl#3 has no caption",
        "{\"image\":\"a.jpg\" | malformed 5 | captions.jsonl, line 3: it is not JSON",
      })
  void aSetWithoutAUsableRowIsRefusedWithItsReasonsExamplesAndPlaces(
      String line, String reason, String example) throws IOException {
    list((line + "\n").repeat(5));
    try (Dataset data = Datasets.open(folder, "train")) {
      assertThatThrownBy(() -> UsableRows.require(data, IMAGES))
          .isInstanceOf(FacetException.class)
          .hasMessageContainingAll(
              "none of the 5 rows of " + folder, reason, example, "below " + folder, "image or jpg")
          .extracting(e -> ((FacetException) e).exitCode())
          .isEqualTo(2);
    }
  }

  @Test
  void oneUsableRowOfASmallSetIsFoundWhereverItStands() throws IOException {
    list("{\n".repeat(1500) + GOOD);
    try (Dataset data = Datasets.open(folder, "train")) {
      assertThat(UsableRows.problem(data, IMAGES)).isNull();
    }
  }

  @Test
  void ofALargeSetTheMessageSaysThatItIsASample() throws IOException {
    list("{\n".repeat(20_000));
    try (Dataset data = Datasets.open(folder, "train")) {
      assertThat(UsableRows.problem(data, IMAGES))
          .matches("(?s)none of 1,\\d{3} rows that were looked at, spread over the 20,000 of .*");
    }
  }

  @Test
  void aPartOfAMixtureThatCannotBeUsedIsNamed() throws IOException {
    list(GOOD);
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("captions.jsonl"), GOOD.replace("a.jpg", "b.jpg"));
    List<DataSource> both = List.of(DataSource.of(folder), DataSource.of(other));
    try (Dataset data = Datasets.open(both, "train")) {
      assertThat(UsableRows.problem(data, IMAGES))
          .contains("none of the 1 rows of " + other, "b.jpg does not exist");
    }
  }

  private void list(String lines) throws IOException {
    Files.writeString(folder.resolve("captions.jsonl"), lines);
  }
}
