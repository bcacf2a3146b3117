package dev.facet.loader.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.loader.data.CaptionField;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Fields;
import dev.facet.loader.data.Preset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Miniatures of the published data sets, written by three other programs. */
@Tag("kit")
class PublishedParquetTest {
  private static final Path PUBLISHED =
      Path.of(System.getProperty("facet.shared", "../../shared"), "kit/published");

  @ParameterizedTest
  @CsvSource({
    "FACECAPTION_15M, facecaption-15m",
    "FACECAPTIONHQ_4M, facecaptionhq-4m",
    "HUMANCAPTION_10M, humancaption-10m",
    "HUMANCAPTION_HQ_311K, humancaption-hq-311k"
  })
  void thePresetsFindTheCaptionsThatOthersCounted(Preset preset, String name) throws Exception {
    JsonNode expected =
        Json.LINE.readTree(PUBLISHED.resolve("expected.json").toFile()).path("datasets").path(name);
    DataSource first = DataSource.of(PUBLISHED.resolve(name), preset);
    assertThat(captions(first)).hasSize(expected.path("rows_with_caption").asInt());
    // With weights, every column counts.
    Fields fields = first.fields();
    Fields weighted =
        new Fields(
            fields.image(),
            fields.captions().stream().map(field -> new CaptionField(field.name(), 1)).toList(),
            fields.id(),
            fields.box(),
            fields.split(),
            fields.source());
    DataSource all =
        new DataSource(
            first.root(), first.format(), null, weighted, first.dropPrefix(), first.weight());
    assertThat(captions(all).stream().mapToInt(List::size).sum())
        .isEqualTo(expected.path("captions").asInt());
    assertThat(whyThereAreNoPictures(first)).contains("addresses", "download them first");
  }

  /** What opening says, or, where there are paths beside the addresses, reading. */
  private static String whyThereAreNoPictures(DataSource source) {
    try (ShardDataset dataset = ShardDataset.open(source, "train")) {
      return dataset.sought();
    } catch (FacetException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void brokenFilesAreRefusedWithTheReason() {
    assertRefused("empty.parquet", "only 0 bytes");
    assertRefused("magic-only.parquet", "only 8 bytes");
    assertRefused("cut-end.parquet", "was cut short");
    assertRefused("html-page.parquet", "not a Parquet file");
    assertRefused("lfs-pointer.parquet", "Git LFS", "git lfs pull");
    assertThatThrownBy(() -> captions(broken("zero-rows.parquet")))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("zero-rows.parquet has no rows");
  }

  @Test
  void aDamagedPageSparesTheOtherRowGroups() throws Exception {
    try (ShardDataset dataset =
        ShardDataset.openCaptions(broken("damaged-page.parquet"), "train")) {
      assertThat(dataset.size()).isEqualTo(360);
      assertThatThrownBy(() -> dataset.captions(0))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll("row group 0 of", "damaged-page.parquet", "copy it again");
      int rows = 0;
      for (int c = 1; c < dataset.chunkCount(); c++) {
        dataset.captions(c);
        rows += dataset.rowCount(c);
      }
      assertThat(rows).isEqualTo(300);
    }
  }

  private static void assertRefused(String file, String reason) {
    assertRefused(file, reason, "make or copy it again");
  }

  private static void assertRefused(String file, String reason, String cure) {
    assertThatThrownBy(() -> captions(broken(file)))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll(file, reason, cure)
        .extracting(e -> ((FacetException) e).exitCode())
        .isEqualTo(1);
  }

  private static DataSource broken(String file) {
    return DataSource.of(PUBLISHED.resolve("broken-parquet").resolve(file), Preset.FACECAPTION_15M);
  }

  /** The captions of every row that has one. */
  private static List<List<String>> captions(DataSource source) throws IOException {
    try (ShardDataset dataset = ShardDataset.openCaptions(source, "train")) {
      List<List<String>> captions = new ArrayList<>();
      for (int c = 0; c < dataset.chunkCount(); c++) {
        captions.addAll(dataset.captions(c));
      }
      return captions;
    }
  }
}
