package dev.facet.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.base.FacetException;
import dev.facet.cli.config.EvalConfig;
import dev.facet.cli.config.ModelConfig;
import dev.facet.cli.console.Console;
import dev.facet.cli.console.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FacetTest {
  @TempDir private Path folder;

  private final FakeWork work = new FakeWork();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void aConfigWithItsData() throws IOException {
    Files.createDirectories(folder.resolve("pictures"));
    Files.writeString(
        folder.resolve("my.yaml"),
        "data:\n  root: %s\nrun:\n  dir: %s\n"
            .formatted(folder.resolve("pictures"), folder.resolve("run")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "train", "eval", "inspect", "synth", "bench", "bench loader", "config"})
  void helpOfEveryCommandTellsItsPurposeOptionsAndAnExample(String command) {
    assertThat(facet((command + " --help").strip().split(" "))).isZero();
    assertThat(out.toString())
        .contains("Usage: facet" + (command.isEmpty() ? "" : " " + command))
        .containsPattern("Examples?:\n  facet ")
        .contains("--debug")
        .contains("--help");
    assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void helpStillComesInAVeryNarrowWindow() {
    Console narrow =
        new Console(new PrintWriter(out), new PrintWriter(err), new Terminal(true, true, true, 40));
    assertThat(Facet.run(narrow, work, "train", "--help")).isZero();
    assertThat(out.toString()).contains("\u001b[");
  }

  @Test
  void exitCodesAreDocumented() {
    facet("--help");
    assertThat(out.toString()).contains("Exit codes:", "  130  interrupted");
  }

  @Test
  void theVersionIsToldWithTheJava() {
    assertThat(facet("--version")).isZero();
    assertThat(out.toString()).startsWith("facet ").contains("Java " + Runtime.version().feature());
  }

  @Test
  void noCommandIsWrongUsage() {
    assertThat(facet()).isEqualTo(2);
    assertThat(err.toString()).contains("facet: name a command: train, eval, inspect");
  }

  @ParameterizedTest
  @ValueSource(strings = {"trian", "--hlep", "train --confg x", "train", "eval", "synth --out"})
  void wrongArgumentsAreWrongUsageWithAHint(String arguments) {
    assertThat(facet(arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString()).startsWith("facet: ").containsPattern("See: facet.* --help\n$");
    assertThat(err.toString().lines().count()).isLessThanOrEqualTo(3);
    assertThat(work.requests).isEmpty();
  }

  @Test
  void aMistypedOptionIsAnsweredWithTheNearestOne() {
    facet("train", "--config", "x", "--resum");
    assertThat(err.toString()).contains("Unknown option: '--resum'").contains("--resume");
  }

  @Test
  void aDryRunPrintsAllSettingsAndTouchesNothing() {
    assertThat(train("--dry-run", "--set", "train.batch=8")).isZero();
    assertThat(out.toString()).contains("\n  batch: 8\n").contains("seed: 0\n");
    assertThat(work.requests).isEmpty();
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void missingInputsAreToldBeforeAnythingStarts() {
    assertThat(
            train(
                "--set", "data.root=nowhere", "--set", "model.init=gone", "--set", "train.batch=8"))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("data.root: nothing at nowhere; set it to what is there")
        .contains("model.init: nothing at gone");
    assertThat(work.requests).isEmpty();
  }

  @Test
  void builtInPicturesNeedNoDataYet() {
    assertThat(train("--set", "data.root=later", "--set", "data.synth_pictures=12000")).isZero();
    assertThat(work.requests).hasSize(1);
  }

  @Test
  void aRunIsNotStartedOverAnother() throws IOException {
    startedRun();
    assertThat(train()).isEqualTo(2);
    assertThat(err.toString()).contains("already holds a run: continue it with --resume");
  }

  @Test
  void aResumeNeedsARunWithTheSameSettings() throws IOException {
    assertThat(train("--resume")).isEqualTo(2);
    assertThat(err.toString()).contains("holds no run to resume");
    startedRun();
    assertThat(train("--resume")).isZero();
    assertThat(work.requests).hasSize(1);
    assertThat(train("--resume", "--set", "train.batch=64")).isEqualTo(2);
    assertThat(err.toString()).contains("train.batch was 256, is now 64");
  }

  @Test
  void ctrlCStopsTheRunAndTellsHowToGoOn() {
    work.duringTraining =
        () -> {
          // The handler runs on a thread of its own: wait until it has.
          ProcessHandle self = ProcessHandle.current();
          try {
            new ProcessBuilder("kill", "-INT", Long.toString(self.pid())).start().waitFor();
            while (!err.toString().contains("stopping")) {
              Thread.onSpinWait();
            }
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    assertThat(train()).isEqualTo(130);
    assertThat(work.stopSeen).isTrue();
    assertThat(err.toString()).contains("continue with the same command and --resume");
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(FacetException.usage("wrong"), 2, "facet: wrong\n"),
        Arguments.of(FacetException.run("broken"), 1, "facet: broken\n"),
        Arguments.of(
            new ExecutionException(FacetException.usage("wrapped")), 2, "facet: wrapped\n"),
        Arguments.of(
            new FileSystemException("out/x", null, "No space left on device"),
            1,
            "facet: out/x: No space left on device; free some, or write to another disk\n"),
        Arguments.of(
            new UncheckedIOException(new IOException("No space left on device")),
            1,
            "facet: No space left on device; free some, or write to another disk\n"),
        Arguments.of(new NoSuchFileException("a/b"), 1, "facet: no such file or folder: a/b\n"),
        Arguments.of(new AccessDeniedException("a/b"), 1, "facet: permission denied: a/b\n"),
        Arguments.of(new OutOfMemoryError("Java heap space"), 1, "FACET_JAVA_OPTS=-Xmx8g"),
        Arguments.of(
            new IllegalStateException("CUDA out of memory. Tried\nmore"), 1, "lower train.batch"),
        Arguments.of(new InterruptedException(), 130, "facet: interrupted\n"),
        Arguments.of(
            new IllegalStateException("oops"),
            1,
            "facet: internal error: java.lang.IllegalStateException: oops;"
                + " run again with --debug for the stack trace\n"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureHasItsExitCodeAndOneMessage(Throwable failure, int exitCode, String message) {
    work.failure = failure;
    assertThat(train()).isEqualTo(exitCode);
    assertThat(err.toString()).contains(message).doesNotContain("\tat ");
  }

  @Test
  void debugShowsTheStackTrace() {
    work.failure = FacetException.run("broken");
    assertThat(train("--debug")).isEqualTo(1);
    assertThat(err.toString()).contains("\tat ").endsWith("facet: broken\n");
  }

  @Test
  void evalTakesTheSettingsOfTheRun() throws IOException {
    startedRun();
    String run = folder.resolve("run").toString();
    assertThat(facet("eval", "--run", run, "--split", "train", "--batch", "7", "--device", "cpu"))
        .isZero();
    EvalRequest request = (EvalRequest) work.requests.getFirst();
    assertThat(request.model()).isEqualTo(new EvalRequest.BestOfRun(Path.of(run)));
    assertThat(request.out()).isEqualTo(Path.of(run));
    assertThat(request.config().data().root()).isEqualTo(folder.resolve("pictures"));
    assertThat(request.config().data().evalSplit()).isEqualTo("train");
    assertThat(request.config().eval().batch()).isEqualTo(7);
    assertThat(request.config().eval().ties()).isEqualTo(EvalConfig.Ties.INDEX);
    assertThat(request.config().model().device()).isEqualTo(ModelConfig.Device.CPU);
  }

  @Test
  void evalOfACheckpointNeedsData() {
    String checkpoint = folder.resolve("pictures").toString();
    assertThat(facet("eval", "--checkpoint", checkpoint)).isEqualTo(2);
    assertThat(err.toString()).contains("name the dataset to score on with --data ROOT");
    assertThat(facet("eval", "--checkpoint", checkpoint, "--data", folder.toString())).isZero();
    assertThat(facet("eval", "--checkpoint", "gone", "--data", folder.toString())).isEqualTo(2);
    assertThat(facet("eval", "--run", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("is not a run directory: there is no config.yaml");
    assertThat(facet("eval", "--run", "a", "--checkpoint", "b")).isEqualTo(2);
    assertThat(facet("eval", "--checkpoint", checkpoint, "--data", "x", "--device", "gpu"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--device gpu: model.device is \"gpu\"; it expects one of");
  }

  @Test
  void synthChecksItsArgumentsFirst() {
    String taken = folder.toString();
    String free = folder.resolve("new").toString();
    assertThat(facet("synth", "--out", taken, "--count", "5")).isEqualTo(2);
    assertThat(facet("synth", "--out", free, "--count", "0")).isEqualTo(2);
    assertThat(facet("synth", "--out", free, "--count", "5", "--test-share", "1")).isEqualTo(2);
    assertThat(facet("synth", "--out", free, "--count", "5", "--threads", "-1")).isEqualTo(2);
    assertThat(work.requests).isEmpty();
    assertThat(facet("synth", "--out", free, "--count", "5", "--threads", "3")).isZero();
    assertThat(work.requests).containsExactly(new SynthRequest(Path.of(free), 5, 0, 0.08, 3));
  }

  @Test
  void benchLoaderNeedsDataAndOverridesThreads() {
    assertThat(facet("bench", "loader")).isEqualTo(2);
    assertThat(facet("bench")).isEqualTo(2);
    assertThat(facet("bench", "loader", "--data", folder.toString(), "--threads", "3")).isZero();
    LoaderBenchRequest request = (LoaderBenchRequest) work.requests.getFirst();
    assertThat(request.config().data().threads()).isEqualTo(3);
    assertThat(request.seconds()).isEqualTo(20);
  }

  @Test
  void inspectTellsWhatADatasetHolds() {
    assertThat(facet("inspect", folder.toString())).isZero();
    assertThat(out.toString())
        .contains("train                 600 rows  (looked at)")
        .contains("from 258 of them")
        .contains("format       PNG 255")
        .contains("width        30 px")
        .contains("captions     2 per picture\n", "words        1 to 3, median 3 per caption")
        .contains("face box     100%")
        .contains("labels       hat 100%")
        .contains("unusable     missing 3")
        .contains("  a black [2J picture\n")
        .doesNotContain("\u001b");
  }

  @Test
  void inspectPrintsJsonAndDrawsASheet() throws IOException {
    Path sheet = folder.resolve("sheet.png");
    assertThat(facet("inspect", folder.toString(), "--json", "--sheet", sheet.toString())).isZero();
    assertThat(out.toString()).contains("\"rows\" : 600").contains("\"skipped\" : {");
    assertThat(Files.readAllBytes(sheet)).startsWith(0x89, 'P', 'N', 'G');
    assertThat(facet("inspect", folder.toString(), "--split", "dev")).isEqualTo(2);
    assertThat(facet("inspect", "nowhere")).isEqualTo(2);
  }

  @Test
  void configPrintsTheReferenceAndTheSchema() {
    assertThat(facet("config")).isZero();
    assertThat(out.toString()).contains("  batch: 256 # ");
    assertThat(facet("config", "--schema")).isZero();
    assertThat(out.toString()).contains("\"$schema\"");
  }

  private void startedRun() throws IOException {
    train("--dry-run");
    Files.createDirectories(folder.resolve("run"));
    Files.writeString(folder.resolve("run/config.yaml"), out.toString());
  }

  private int train(String... more) {
    return facet(
        Stream.concat(
                Stream.of("train", "--config", folder.resolve("my.yaml").toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private int facet(String... arguments) {
    Console console =
        new Console(new PrintWriter(out, true), new PrintWriter(err, true), Terminal.NONE);
    return Facet.run(console, work, arguments);
  }
}
