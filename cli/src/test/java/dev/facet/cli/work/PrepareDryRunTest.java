package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real program tells of a preparation before it begins, and of one without samples. */
final class PrepareDryRunTest {
  @TempDir private Path folder;
  private SmallRun facet;
  private Path source;

  @BeforeEach
  void table() throws IOException {
    facet = new SmallRun(folder);
    source = folder.resolve("a.jsonl");
    Files.writeString(
        source,
        """
        {"url": "http://127.0.0.1:9/1.jpg", "caption": "one"}
        {"url": "UNKNOWN", "caption": "two"}
        {"url": "http://127.0.0.1:9/3.jpg", "caption": " "}
        {"url": "http://127.0.0.1:9/4.jpg", "caption": "four"}
        """);
  }

  @Test
  void rowsBytesAndSettingsAreToldAndNothingIsMade() throws IOException {
    assertThat(prepare("--dry-run")).isZero();
    assertThat(facet.err())
        .contains("source: 4 rows in 1 file(s)")
        .contains("the first 4 rows: 75.0 % with a usable address, 75.0 % with a caption")
        .contains("download: about ", "disk: plan ");
    assertThat(facet.out()).contains("fetch:", "  timeout: 15.0\n");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void whatIsWrongIsToldAtOnce() throws IOException {
    Files.createDirectories(folder.resolve("out/other"));
    assertThat(
            prepare(
                "--dry-run",
                "--set",
                "fetch.allow=[10.0.0.0/99]",
                "--set",
                "fetch.retriez=1",
                "--set",
                "filter.min_similarity=0.2"))
        .isEqualTo(2);
    assertThat(facet.err())
        .contains("4 problems:")
        .contains("10.0.0.0/99")
        .contains("did you mean fetch.retries?")
        .contains("filter.checkpoint")
        .contains("exists already");
  }

  @Test
  void whatASectionRefusesIsToldWithTheRestBeforeARun() {
    assertThat(
            prepare(
                "--set",
                "fetch.allow=[10.0.0.0/99]",
                "--set",
                "fetch.retries=-1",
                "--set",
                "split.test=0.6",
                "--set",
                "split.validation=0.6"))
        .isEqualTo(2);
    assertThat(facet.err())
        .contains("3 problems in the config:")
        .contains("--set fetch.allow=[10.0.0.0/99]: fetch.allow: ")
        .contains("fetch.retries is -1", "leave nothing to train on");
  }

  @Test
  void aRunWithoutASampleFailsAndSaysWhy() throws IOException {
    assertThat(prepare()).isEqualTo(1);
    assertThat(facet.err())
        .contains("no sample at all: private_address 3 of 4 rows")
        .contains("fetch.allow");
  }

  private int prepare(String... more) {
    Stream<String> all =
        Stream.concat(
            Stream.of(
                "prepare",
                "--source",
                source.toString(),
                "--out",
                folder.resolve("out").toString()),
            Stream.of(more));
    return facet.facet(all.toArray(String[]::new));
  }
}
