package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own, which dies. */
class KilledRunTest {
  private static final int SIGKILLED = 128 + 9;

  @TempDir Path folder;
  private SmallRun small;
  private @Nullable Process process;

  /** A program that starts the process. */
  private List<String> before = List.of();

  @BeforeEach
  void draw() throws IOException {
    small = new SmallRun(folder).withPictures();
  }

  @AfterEach
  void endProcess() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Test
  @Tag("slow")
  void aRunUnderNohupOutlivesItsTerminalAndOneThatIsKilledResumesBitForBit() throws Exception {
    Path whole = folder.resolve("whole");
    assertThat(small.train("--set", "run.dir=" + whole)).as(small.err()).isZero();
    List<Float> expected = SmallRun.losses(whole);
    assertThat(expected).hasSize(SmallRun.STEPS);

    before = List.of("nohup");
    int step = 5 + new Random().nextInt(SmallRun.STEPS - 25);
    Process running = start();
    waitForStep(running, 2);
    new ProcessBuilder("kill", "-HUP", Long.toString(running.pid())).start().waitFor();
    waitForStep(running, step);
    running.destroyForcibly();
    assertThat(end(running)).as("killed after step " + step).isEqualTo(SIGKILLED);

    assertThat(small.train("--resume")).as(small.err()).isZero();
    assertThat(SmallRun.losses(small.run())).as("killed after step " + step).isEqualTo(expected);
    assertThat(SmallRun.recalls(small.run())).hasSize(3).isEqualTo(SmallRun.recalls(whole));
    assertThat(small.run().resolve("checkpoints/best/model.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("checkpoints/best/model.safetensors"));
  }

  @Test
  void aSecondStartIsRefusedAndAnInterruptedFirstSavesItsStateAndSaysHowToGoOn() throws Exception {
    // Signals that this test's own process was told to ignore would be ignored there too.
    before = List.of("env", "--default-signal");
    Process first = start("--set", "train.eval_every=4", "--set", "train.epochs=60");
    waitForFile(first, small.run().resolve("checkpoints/best"));
    SmallRun second = new SmallRun(folder);
    assertThat(second.train("--resume")).isEqualTo(2);
    assertThat(second.err()).contains("is in use by process " + first.pid() + " on ");
    SmallRun scored = new SmallRun(folder);
    assertThat(scored.facet("eval", "--run", small.run().toString())).as(scored.err()).isZero();
    new ProcessBuilder("kill", "-INT", Long.toString(first.pid())).start().waitFor();
    assertThat(end(first)).isEqualTo(130);
    assertThat(Files.readString(log())).contains("stopped and saved", "--resume");
    assertThat(small.run().resolve("lock")).doesNotExist();
    assertLastStepSaved(small.run());

    int epochs = SmallRun.losses(small.run()).size() / SmallRun.STEPS_PER_EPOCH + 1;
    assertThat(small.train("--resume", "--set", "train.epochs=" + epochs)).as(small.err()).isZero();
    assertThat(SmallRun.losses(small.run())).hasSize(epochs * SmallRun.STEPS_PER_EPOCH);
  }

  @Test
  void aTerminalThatClosesSavesTheRunHoweverOftenItIsSaid() throws Exception {
    before = List.of("env", "--default-signal");
    for (String signal : List.of("-HUP", "-TERM")) {
      Path run = folder.resolve("run" + signal);
      Process stopped = start("--set", "run.dir=" + run);
      waitForFile(stopped, run.resolve("checkpoints/step-00000004"));
      for (int i = 0; i < 3; i++) {
        new ProcessBuilder("kill", signal, Long.toString(stopped.pid())).start().waitFor();
      }
      assertThat(end(stopped)).as(signal).isEqualTo(130);
      assertLastStepSaved(run);
    }
  }

  private static void assertLastStepSaved(Path run) throws IOException {
    int done = SmallRun.losses(run).size();
    assertThat(run.resolve(String.format(Locale.ROOT, "checkpoints/step-%08d/state.json", done)))
        .exists();
  }

  private Path log() {
    return folder.resolve("log.txt");
  }

  private Process start(String... more) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "--enable-native-access=ALL-UNNAMED",
            "-Dai.djl.offline=true",
            "-Djava.awt.headless=true",
            // Short runs: compiling well would take longer than it saves.
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "train",
            "--config",
            small.config().toString()));
    command.addAll(List.of(more));
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log().toFile())
            .start();
    process = started;
    return started;
  }

  private int end(Process started) throws Exception {
    assertThat(started.waitFor(10, TimeUnit.MINUTES)).as(Files.readString(log())).isTrue();
    return started.exitValue();
  }

  /** Returns once the log of the run holds so many steps. */
  private void waitForStep(Process started, int step) throws Exception {
    waitFor(started, small.run(), () -> SmallRun.losses(small.run()).size() >= step);
  }

  private void waitForFile(Process started, Path file) throws Exception {
    waitFor(started, file.resolveSibling(""), () -> Files.exists(file));
  }

  /** Asks whenever something changes in a folder. */
  private void waitFor(Process started, Path changing, Callable<Boolean> reached) throws Exception {
    Files.createDirectories(changing);
    try (WatchService watcher = changing.getFileSystem().newWatchService()) {
      changing.register(
          watcher, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      while (!reached.call()) {
        WatchKey key = watcher.poll(10, TimeUnit.MINUTES);
        assertThat(key).as(Files.readString(log())).isNotNull();
        assertThat(started.isAlive()).as(Files.readString(log())).isTrue();
        key.pollEvents();
        key.reset();
      }
    }
  }
}
