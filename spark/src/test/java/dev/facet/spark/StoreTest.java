package dev.facet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.base.Staged;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines without a common folder, whose files lie in a file system of Hadoop's. */
final class StoreTest {
  private static final String FILE_SYSTEM = "spark.hadoop.fs.box.impl";

  @TempDir private Path folder;

  @BeforeAll
  static void addFileSystem() {
    System.setProperty(FILE_SYSTEM, BoxFileSystem.class.getName());
  }

  @AfterAll
  static void removeFileSystem() {
    System.clearProperty(FILE_SYSTEM);
  }

  private URI box(Path path) {
    return URI.create("box://" + path.toUri().getRawPath());
  }

  private List<String> spark(Path store) {
    List<String> options = new ArrayList<>(Facets.SPARK);
    options.addAll(List.of("--store", box(store).toString()));
    return options;
  }

  @Test
  void theStoreHoldsWhatOneProcessMakes() throws Exception {
    try (Gallery gallery = new Gallery()) {
      Path table = gallery.table(folder);
      Facets.prepare(Facets.LOCAL, table, folder.resolve("local"), Gallery.options());

      Path store = folder.resolve("store");
      Facets.prepare(spark(store), table, folder.resolve("out"), Gallery.options());

      assertThat(Facets.content(store)).isEqualTo(Facets.content(folder.resolve("local")));
      assertThat(store.resolve(".prepare/parts")).doesNotExist();
    }
  }

  @Test
  void aDriverOnAnotherMachineGoesOnFromTheStore() throws Exception {
    try (Gallery gallery = new Gallery()) {
      Path table = gallery.table(folder);
      Path store = folder.resolve("store");
      Facets.prepare(spark(store), table, folder.resolve("out"), Gallery.options());
      Staged.delete(folder.resolve("out"));
      gallery.asked().clear();

      Facets.prepare(spark(store), table, folder.resolve("other"), Gallery.options());

      assertThat(gallery.asked()).isEmpty();
      assertThat(Facets.content(folder.resolve("other"))).isEqualTo(Facets.content(store));
    }
  }

  @Test
  void aTableElsewhereIsBroughtHereAndKeepsItsTime() throws Exception {
    try (Gallery gallery = new Gallery()) {
      Path table = gallery.table(folder);
      Path store = folder.resolve("store");
      String there = box(table).toString();
      for (String out : List.of("out", "other")) {
        StringWriter err = new StringWriter();
        int code = Facets.run(spark(store), there, folder.resolve(out), err, Gallery.options());
        assertThat(code).as("%s", err).isZero();
      }
      assertThat(Files.size(folder.resolve("other/.prepare/source/table.jsonl")))
          .isEqualTo(Files.size(table));
    }
  }

  @Test
  void oneProcessSaysThatItReadsNothingElsewhere() {
    StringWriter err = new StringWriter();

    int code = Facets.run(Facets.LOCAL, "s3a://bucket/table.parquet", folder.resolve("out"), err);

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("s3a://bucket/table.parquet").contains("--engine spark");
  }
}
