package dev.facet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.prepare.fetch.Trail;
import dev.facet.prepare.plan.Lanes;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster makes is what one process makes. */
final class SparkPreparationTest {
  @TempDir private Path folder;

  @Test
  void shardsRowsAndCountsAreTheLocalEnginesByteForByte() throws Exception {
    try (Gallery gallery = new Gallery()) {
      Path table = gallery.table(folder);
      Facets.prepare(Facets.LOCAL, table, folder.resolve("local"), Gallery.options());
      int once = gallery.asked().values().stream().mapToInt(each -> each.get()).sum();
      gallery.asked().clear();

      Facets.prepare(Facets.SPARK, table, folder.resolve("spark"), Gallery.options());

      assertThat(Facets.content(folder.resolve("spark")))
          .isEqualTo(Facets.content(folder.resolve("local")));
      // One address is the first of one row and the second of another: each way asks it once.
      assertThat(gallery.asked().values().stream().mapToInt(each -> each.get()).sum())
          .isBetween(once, once + 1);
    }
  }

  /** Else nothing would be sent from one to the other above. */
  @Test
  void theHostsOfTheTestAreInLanesOfTheirOwn() {
    Lanes lanes = Lanes.of(1);
    List<String> hosts =
        Gallery.HOSTS.stream()
            .map(host -> Trail.to(URI.create("http://" + host + ":1/")).host())
            .toList();
    for (int lane = 0; lane < lanes.count(); lane++) {
      assertThat(hosts.stream().filter(lanes.hosts(lane)::has).count()).isLessThan(2);
    }
  }

  @Test
  void whatAStoppedClusterCommittedIsNotFetchedAgain() throws Exception {
    try (Gallery gallery = new Gallery()) {
      Path table = gallery.table(folder);
      Path out = folder.resolve("out");
      Facets.prepare(Facets.SPARK, table, out, Gallery.options());
      gallery.asked().clear();

      Facets.prepare(Facets.SPARK, table, out, Gallery.options());

      assertThat(gallery.asked()).isEmpty();
      assertThat(out.resolve(".prepare/parts")).doesNotExist();
    }
  }

  @Test
  void picturesThatAreThereBecomeTheSameShards() throws Exception {
    Path pictures = folder.resolve("pictures");
    try (Gallery gallery = new Gallery()) {
      Facets.prepare(Facets.LOCAL, gallery.table(folder), pictures, Gallery.options());
    }
    String[] options = {"--set", "source.kind=pictures", "--set", "crop.region=whole"};
    Facets.prepare(Facets.LOCAL, pictures, folder.resolve("local"), options);

    Facets.prepare(Facets.SPARK, pictures, folder.resolve("spark"), options);

    assertThat(Facets.content(folder.resolve("spark")))
        .isEqualTo(Facets.content(folder.resolve("local")));
  }

  @Test
  void anEngineWithoutAClusterSaysWhatIsMissing() throws Exception {
    Path table = Files.writeString(folder.resolve("table.jsonl"), "{\"url\": \"UNKNOWN\"}\n");
    StringWriter err = new StringWriter();

    int code =
        Facets.run(
            List.of("--engine", "spark"),
            table.toString(),
            folder.resolve("out"),
            err,
            "--set",
            "source.set=addresses");

    assertThat(code).as("%s", err).isEqualTo(2);
    assertThat(err.toString()).contains("--engine spark needs --master");
  }
}
