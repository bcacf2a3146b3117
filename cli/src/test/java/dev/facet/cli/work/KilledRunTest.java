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
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own, which dies. */
class KilledRunTest {
  private static final int SIGKILLED = 128 + 9;

  @TempDir Path folder;
  private SmallRun small;
  private @Nullable Process process;

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
  void aRunKilledAtARandomStepResumesToTheSameLossesBitForBit() throws Exception {
    Path whole = folder.resolve("whole");
    assertThat(end(start("--set", "run.dir=" + whole))).isZero();
    List<Float> expected = SmallRun.losses(whole);
    assertThat(expected).hasSize(SmallRun.STEPS);

    int step = 5 + new Random().nextInt(SmallRun.STEPS - 15);
    Process killed = start();
    waitForStep(killed, step);
    killed.destroyForcibly();
    assertThat(end(killed)).as("killed after step " + step).isEqualTo(SIGKILLED);

    assertThat(end(start("--resume"))).isZero();
    assertThat(SmallRun.losses(small.run())).as("killed after step " + step).isEqualTo(expected);
  }

  @Test
  void anInterruptedRunSavesItsStateAndSaysHowToGoOn() throws Exception {
    Process interrupted = start();
    waitForStep(interrupted, 6);
    new ProcessBuilder("kill", "-INT", Long.toString(interrupted.pid())).start().waitFor();
    assertThat(end(interrupted)).isEqualTo(130);
    assertThat(Files.readString(log())).contains("stopped and saved", "--resume");
    int done = SmallRun.losses(small.run()).size();
    assertThat(small.run().resolve("checkpoints/step-%08d/state.json".formatted(done))).exists();

    assertThat(end(start("--resume"))).isZero();
    assertThat(SmallRun.losses(small.run())).hasSize(SmallRun.STEPS);
  }

  private Path log() {
    return folder.resolve("log.txt");
  }

  private Process start(String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dai.djl.offline=true",
                "-Djava.awt.headless=true",
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
    assertThat(started.waitFor(2, TimeUnit.MINUTES)).as(Files.readString(log())).isTrue();
    return started.exitValue();
  }

  /** Returns once the log of the run holds so many steps. */
  private void waitForStep(Process started, int step) throws Exception {
    Files.createDirectories(small.run());
    try (WatchService watcher = small.run().getFileSystem().newWatchService()) {
      small
          .run()
          .register(
              watcher, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      while (SmallRun.losses(small.run()).size() < step) {
        WatchKey key = watcher.poll(1, TimeUnit.MINUTES);
        assertThat(key).as(Files.readString(log())).isNotNull();
        assertThat(started.isAlive()).as(Files.readString(log())).isTrue();
        key.pollEvents();
        key.reset();
      }
    }
  }
}
