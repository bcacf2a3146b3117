package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.cli.config.Assignment;
import dev.facet.cli.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultFilesTest {
  @TempDir Path folder;
  private Path run;
  private Path best;

  @BeforeEach
  void aRun() throws IOException {
    run = folder.resolve("run");
    best = Files.createDirectories(run.resolve("checkpoints/best"));
    Files.writeString(run.resolve("config.yaml"), "data: {root: %s}".formatted(folder));
  }

  @Test
  void aRunsOwnEvaluationHasThePlainNames() throws IOException {
    ResultFiles files = ResultFiles.of(run, config(), best);
    assertThat(files).isEqualTo(ResultFiles.ofRun(run));
    assertThat(files.json()).isEqualTo(run.resolve("eval.json"));
    assertThat(files.report()).isEqualTo(run.resolve("report.html"));
    assertThat(files.quarantine()).isEqualTo(run.resolve("quarantine.jsonl"));
    Path roundabout = run.resolve("../run/checkpoints/best");
    assertThat(ResultFiles.of(run, config("eval.batch=3", "data.threads=7"), roundabout).own())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "data.eval_split=val, best, eval-val.json",
    "data.eval_split=../val, best, eval-.._val.json",
    "seed=0, step-00000200, eval-step-00000200.json",
    "data.eval_split=val, step-00000200, eval-val-step-00000200.json",
    "data.root=other, best, eval-other.json",
    "data.image_root=other, best, eval-DATA.json",
    "eval.identical_captions=strict, best, eval-settings.json",
    "eval.ties=mid, best, eval-settings.json",
    "model.precision=bfloat16, best, eval-settings.json",
  })
  void whateverDiffersFromTheRunsOwnStandsInTheName(String set, String checkpoint, String name) {
    ResultFiles files =
        ResultFiles.of(run, config(set), run.resolve("checkpoints").resolve(checkpoint));
    String expected = name.replace("DATA", folder.getFileName().toString());
    assertThat(files.json().getFileName()).hasToString(expected);
    assertThat(files.own()).isFalse();
  }

  @Test
  void aNameThatHoldsSomethingElseIsNotTakenAndItsOwnIs() throws IOException {
    Config config = config("data.eval_split=val");
    ResultFiles first = ResultFiles.of(run, config, best);
    Files.writeString(first.json(), "{\"identity\":\"of something else\"}");
    ResultFiles second = ResultFiles.of(run, config, best);
    assertThat(second.json().getFileName()).hasToString("eval-val-2.json");
    assertThat(second.quarantine().getFileName()).hasToString("quarantine-val-2.jsonl");
    String identity = Evaluated.of(config, best).identity();
    Files.writeString(second.json(), "{\"identity\":\"%s\"}".formatted(identity));
    assertThat(ResultFiles.of(run, config, best)).isEqualTo(second);
    Files.writeString(second.json(), "no JSON");
    assertThat(ResultFiles.of(run, config, best).json().getFileName())
        .hasToString("eval-val-3.json");
  }

  @Test
  void inAnyOtherFolderTheFirstResultsHaveThePlainNamesAndOthersTheirOwn() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    ResultFiles first = ResultFiles.of(out, config(), best);
    assertThat(first.json()).isEqualTo(out.resolve("eval.json"));
    Files.writeString(first.json(), "{\"identity\":\"of something else\"}");
    assertThat(ResultFiles.of(out, config(), best).json().getFileName())
        .hasToString("eval-test-best-%s.json".formatted(folder.getFileName()));
  }

  private Config config(String... more) {
    List<Assignment> assignments =
        Stream.of(more)
            .map(set -> set.replace("=other", "=" + folder.resolve("other")))
            .map(Assignment::parse)
            .toList();
    return Config.load(run.resolve("config.yaml"), assignments);
  }
}
