package dev.facet.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.base.FacetException;
import dev.facet.cli.console.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
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
  private FakeFacet facet;

  @BeforeEach
  void aConfigWithItsData() throws IOException {
    facet = new FakeFacet(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "train",
        "eval",
        "embed",
        "search",
        "compare",
        "runs",
        "inspect",
        "prepare",
        "synth",
        "parity",
        "export",
        "bench",
        "bench loader",
        "fetch",
        "config",
        "doctor"
      })
  void helpOfEveryCommandTellsItsPurposeOptionsAndAnExample(String command) {
    assertThat(facet.facet((command + " --help").strip().split(" "))).isZero();
    assertThat(facet.out())
        .contains("Usage: facet" + (command.isEmpty() ? "" : " " + command))
        .containsPattern("Examples?:\n  facet ")
        .contains("--debug")
        .contains("--help");
    assertThat(facet.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
    assertThat(facet.err()).isEmpty();
  }

  /** The library warns on the process's own error stream where a text is no format. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "train", "eval", "embed", "search", "compare", "runs", "inspect", "parity", "export",
        "prepare", "synth", "fetch"
      })
  void everyPercentSignOfHelpIsMeantAsOne(String command) {
    ByteArrayOutputStream warnings = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(warnings, true, StandardCharsets.UTF_8));
    try {
      assertThat(facet.facet(command, "--help")).isZero();
    } finally {
      System.setErr(before);
    }
    assertThat(warnings.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void helpStillComesInAVeryNarrowWindow() {
    assertThat(facet.in(new Terminal(true, true, true, 40), "train", "--help")).isZero();
    assertThat(facet.out()).contains("\u001b[");
  }

  @Test
  void exitCodesAreDocumented() {
    facet.facet("--help");
    assertThat(facet.out()).contains("Exit codes:", "  130  interrupted");
  }

  @Test
  void theVersionIsToldWithTheJava() {
    assertThat(facet.facet("--version")).isZero();
    assertThat(facet.out()).startsWith("facet ").contains("Java " + Runtime.version().feature());
  }

  @Test
  void noCommandIsWrongUsage() {
    assertThat(facet.facet()).isEqualTo(2);
    assertThat(facet.err())
        .contains("facet: name a command: train, eval, embed, search, compare, runs, inspect");
  }

  @ParameterizedTest
  @ValueSource(strings = {"trian", "--hlep", "train --confg x", "train", "eval", "synth --out"})
  void wrongArgumentsAreWrongUsageWithAHint(String arguments) {
    assertThat(facet.facet(arguments.split(" "))).isEqualTo(2);
    assertThat(facet.err()).startsWith("facet: ").containsPattern("See: facet.* --help\n$");
    assertThat(facet.err().lines().count()).isLessThanOrEqualTo(3);
    assertThat(facet.work.requests).isEmpty();
  }

  @Test
  void aMistypedOptionIsAnsweredWithTheNearestOne() {
    facet.facet("train", "--conifg", "x");
    facet.facet("train", "--config", "x", "--resum");
    facet.facet("trian");
    assertThat(facet.err())
        .contains("facet: unknown option --conifg\nDid you mean --config?\n")
        .contains("facet: unknown option --resum\nDid you mean --resume?\n")
        .contains("facet: there is no command trian\nDid you mean train");
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
            new OutOfMemoryError("Cannot reserve 9 bytes of direct buffer memory"),
            1,
            "data.slots or data.window"),
        Arguments.of(
            new IllegalStateException("CUDA out of memory. Tried\nmore"), 1, "lower train.batch"),
        Arguments.of(new InterruptedException(), 130, "facet: interrupted\n"),
        Arguments.of(
            new IllegalStateException("oops"),
            1,
            "facet: internal error: java.lang.IllegalStateException: oops;"
                + " run again with --debug for the stack trace\n"));
  }

  @Test
  void whatFailedOnTheWayOutIsToldAfterTheCause() {
    Throwable failure = FacetException.run("the loader gave up");
    failure.addSuppressed(FacetException.run("cannot write checkpoint x"));
    facet.work.failure = failure;
    assertThat(facet.train()).isEqualTo(1);
    assertThat(facet.err().lines())
        .containsExactly(
            "facet: the loader gave up", "facet: after that, cannot write checkpoint x");
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureHasItsExitCodeAndOneMessage(Throwable failure, int exitCode, String message) {
    facet.work.failure = failure;
    assertThat(facet.train()).isEqualTo(exitCode);
    assertThat(facet.err()).contains(message).doesNotContain("\tat ");
  }

  @Test
  void debugShowsTheStackTrace() {
    facet.work.failure = FacetException.run("broken");
    assertThat(facet.train("--debug")).isEqualTo(1);
    assertThat(facet.err()).contains("\tat ").endsWith("facet: broken\n");
  }
}
