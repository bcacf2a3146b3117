package dev.facet.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  @TempDir Path folder;

  /** Takes the folder, says so, and holds it until its input ends. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws IOException {
      try (RunDirectory taken = take(Path.of(arguments[0]))) {
        taken.begin();
        System.out.println("taken");
        System.out.flush();
        while (System.in.read() >= 0) {
          // Nothing is sent.
        }
      }
    }
  }

  @Test
  void aFolderIsHeldByOneProcessWhichIsNamed() throws Exception {
    Path run = folder.resolve("run");
    Process other = child(run);
    assertThat(other.inputReader().readLine()).isEqualTo("taken");
    assertThatThrownBy(() -> take(run))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining(run + " is in use by process " + other.pid() + " on ")
        .hasMessageContaining("since 2");
    assertThat(run.resolve(RunDirectory.LOCK)).content().contains(Long.toString(other.pid()));
    other.outputWriter().close();
    assertThat(other.waitFor()).isZero();
    take(run).close();
  }

  @Test
  void aKilledProcessHoldsNothing() throws Exception {
    Path run = folder.resolve("run");
    Process other = child(run);
    assertThat(other.inputReader().readLine()).isEqualTo("taken");
    other.destroyForcibly().waitFor();
    assertThat(run.resolve(RunDirectory.LOCK)).exists();
    take(run).close();
    assertThat(run.resolve(RunDirectory.LOCK)).doesNotExist();
  }

  @Test
  void withinAProcessItIsHeldOnceUnderWhateverNameItHas() throws Exception {
    Path run = Files.createDirectory(folder.resolve("run"));
    Path other = Files.createSymbolicLink(folder.resolve("other"), run);
    try (RunDirectory held = take(run)) {
      assertThat(held.begun()).isFalse();
      assertThatThrownBy(() -> take(other))
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
      // The lock that is held must have survived this.
      Process second = child(run);
      assertThat(second.inputReader().readLine()).isNull();
      assertThat(second.waitFor()).isOne();
    }
    take(other).close();
  }

  @Test
  void aStartThatCameToNothingLeavesNothing() throws Exception {
    Path run = folder.resolve("runs/mine");
    Path data = folder.resolve("data/drawn");
    try (RunDirectory taken = take(run)) {
      taken.willMake(data);
      Files.createDirectories(data);
      Files.writeString(data.resolve("train-00000.parquet"), "");
      Files.writeString(run.resolve("metrics.jsonl"), "");
      Files.writeString(run.resolve("events.out.tfevents.1.facet.0"), "");
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void whatWasThereOrIsNotOursStays() throws Exception {
    Files.writeString(folder.resolve("tokenizer.json"), "mine");
    Path data = Files.createDirectory(folder.resolve("data"));
    try (RunDirectory taken = take(folder)) {
      taken.willMake(data);
      Files.writeString(folder.resolve("quarantine.jsonl"), "");
      Files.writeString(folder.resolve("notes.txt"), "mine");
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("tokenizer.json", "notes.txt", "data");
    }
  }

  @Test
  void aRunThatHasBegunKeepsAll() throws Exception {
    Path run = folder.resolve("run");
    try (RunDirectory taken = take(run)) {
      Files.writeString(run.resolve("metrics.jsonl"), "");
      assertThat(taken.begin()).isTrue();
      assertThat(taken.begin()).isFalse();
    }
    try (Stream<Path> left = Files.list(run)) {
      assertThat(left).containsExactly(run.resolve("metrics.jsonl"));
    }
  }

  @Test
  void aFileInItsPlaceIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("run"), "");
    assertThatThrownBy(() -> take(file))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining(file + " is a file: name a folder");
  }

  private static RunDirectory take(Path run) throws IOException {
    return RunDirectory.take(run, note -> {});
  }

  private static Process child(Path run) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            run.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
