package dev.facet.loader.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Format;
import dev.facet.loader.source.Lists.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists that people reported to be misread are read as what is written beside them says. */
@Tag("kit")
class ReportedListsTest {
  private static final Path REPORTED =
      Path.of(System.getProperty("facet.shared", "../../shared"), "kit/reported");

  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({
    "csv-dialects/csv_semicolon, train, 4, 4",
    "csv-dialects/csv_pipe_flickr30k, train, 20, 20",
    "csv-dialects/csv_openclip_tsv, train, 4, 4",
    "csv-dialects/csv_flickr8k_captions_txt, train, 20, 20",
    "csv-dialects/csv_tsv_open_quote, train, 4, 4",
    "csv-dialects/csv_stray_quote_tsv, train, 4, 4",
    "imagefolder-metadata-in-split-folders/imagefolder_two_splits, train, 4, 4",
    "imagefolder-metadata-in-split-folders/imagefolder_two_splits, test, 4, 4",
    "json-objects/json_coco, train, 4, 20",
    "json-objects/json_karpathy, train, 2, 10",
    "json-objects/json_karpathy, test, 2, 10",
    "json-objects/json_dict_by_file, train, 4, 4",
    "json-objects/json_dict_by_file_list, train, 4, 8",
    "json-objects/json_wrapped, train, 4, 4",
    "jsonl-in-json/jsonl_in_json, train, 4, 4",
    "jsonl-in-json/jsonl_ndjson, train, 4, 4",
    "sidecar-layouts/side_caption_ext, train, 4, 4",
    "sidecar-layouts/side_celeba_dialog, train, 4, 8",
    "sidecar-layouts/side_double_ext, train, 4, 4",
    "sidecar-layouts/side_sep_dirs, train, 4, 4",
    "sidecar-layouts/side_upper, train, 4, 4"
  })
  void everyRowHasItsPictureAndItsCaptions(String folder, String split, int rows, int captions)
      throws IOException {
    List<Outcome> read = read(REPORTED.resolve(folder), split);
    assertThat(read).hasSize(rows).allMatch(row -> row.reason() == null);
    assertThat(read.stream().mapToInt(row -> row.captions().size()).sum()).isEqualTo(captions);
  }

  @Test
  void absolutePathsAreRead() throws IOException {
    Path there = REPORTED.resolve("absolute-paths/jsonl_abs");
    Path here = Files.createDirectory(dir.resolve("data"));
    for (int i = 0; i < 4; i++) {
      Files.copy(there.resolve(i + ".jpg"), here.resolve(i + ".jpg"));
    }
    Files.writeString(
        here.resolve("data.jsonl"),
        Files.readString(there.resolve("data.jsonl")).replace("@ROOT@", here.toString()));
    assertThat(read(here, "train")).hasSize(4).allMatch(row -> row.reason() == null);
  }

  @Test
  void eachSplitOfAnImageFolderHasItsOwnPictures() throws IOException {
    Path folder = REPORTED.resolve("imagefolder-metadata-in-split-folders/imagefolder_two_splits");
    assertThat(read(folder, "test"))
        .first()
        .extracting(Outcome::captions)
        .isEqualTo(List.of("test cap 0"));
    assertThat(read(folder, "train"))
        .first()
        .extracting(Outcome::captions)
        .isEqualTo(List.of("train cap 0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl_pretty", "jsonl_concat"})
  void objectsThatAreNotOneToALineAreRefusedInPlainWords(String folder) throws IOException {
    DataSource source = DataSource.of(REPORTED.resolve("jackson-internals").resolve(folder));
    Format format = DataLayout.of(source);
    try (IndexedDataset data = IndexedDataset.open(source, format, "train", dir.resolve("cache"))) {
      assertThat(Lists.rows(data)).allMatch(row -> row.reason() == Reason.MALFORMED);
      assertThat(Lists.messages(data))
          .allSatisfy(
              message ->
                  assertThat(message)
                      .contains("one object per line")
                      .doesNotContainPattern("Feature|Jackson|[a-z]Exception"));
    }
  }

  /** The folders are read-only, and so the index goes elsewhere. */
  private List<Outcome> read(Path folder, String split) throws IOException {
    DataSource source = DataSource.of(folder);
    Format format = DataLayout.of(source);
    try (IndexedDataset data = IndexedDataset.open(source, format, split, dir.resolve("cache"))) {
      return Lists.rows(data);
    }
  }
}
