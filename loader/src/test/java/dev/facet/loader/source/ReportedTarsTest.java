package dev.facet.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.loader.Datasets;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.source.Lists.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tars and Parquet that people reported are read as the note beside each says. */
@Tag("kit")
class ReportedTarsTest {
  private static final Path REPORTED =
      Path.of(System.getProperty("facet.shared", "../../shared"), "kit", "reported");

  @TempDir Path dir;

  @Test
  void endingsOfPicturesAndTexts() throws Exception {
    for (String each : new String[] {"tar_text_ext", "tar_img_ext", "tar_image_ext"}) {
      assertThat(rows("tar-names/" + each))
          .as(each)
          .hasSize(4)
          .allMatch(row -> row.reason() == null && row.captions().size() == 1);
    }
  }

  @Test
  void compressedTars() {
    assertThatThrownBy(() -> DataLayout.of(DataSource.of(REPORTED.resolve("tar-names/tar_gz"))))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("00000.tar.gz", "gunzip");
  }

  @Test
  void keysThatEndAtTheFirstDot() throws Exception {
    assertThat(rows("webdataset-multi-ext/tar_multi_ext"))
        .hasSize(4)
        .allMatch(row -> row.reason() == null && row.captions().size() == 1);
    assertThat(rows("webdataset-multi-ext/tar_multi_txt"))
        .hasSize(4)
        .allMatch(row -> row.reason() == null && row.captions().size() == 2);
  }

  @Test
  void emptyRowGroups() throws Exception {
    assertThat(rows("parquet-empty-row-group/empty_rg"))
        .hasSize(12)
        .allMatch(row -> row.reason() == null);
  }

  @Test
  void parquetWithPathsAlone() throws Exception {
    for (String each : new String[] {"path_only", "path_string"}) {
      assertThat(rows("parquet-path-only/" + each))
          .as(each)
          .hasSize(6)
          .allMatch(row -> row.reason() == null && row.picture() != null);
    }
  }

  /** From a copy, so that no index is left in the kit. */
  private List<Outcome> rows(String folder) throws IOException {
    Path from = REPORTED.resolve(folder);
    Path copy = dir.resolve(folder);
    try (var files = Files.walk(from)) {
      for (Path each : files.toList()) {
        Path to = copy.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(to);
        } else {
          Files.copy(each, to);
        }
      }
    }
    try (Dataset dataset = Datasets.open(DataSource.of(copy), "train")) {
      return Lists.rows(dataset);
    }
  }
}
