package dev.facet.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.base.Staged;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed again and again, by signal 9, ends as one that never was. */
class KilledTrainerTest {
  private static final int SIGKILLED = 128 + 9;

  @TempDir Path folder;
  private Path killed;

  /** Where a run is killed. */
  enum Place {
    STEP,
    SAVING,
    EVALUATION
  }

  @BeforeEach
  void make() throws IOException {
    killed = folder.resolve("killed");
    Files.createDirectories(killed.resolve(Checkpoints.FOLDER));
  }

  @Test
  void aRunKilledAtFivePointsEndsAsOneThatWasNot() throws Exception {
    assertThat(isKilled(Place.STEP, 2, 5)).isTrue();
    assertThat(isKilled(Place.SAVING, 1, 5)).isTrue();
    assertThat(isKilled(Place.EVALUATION, 1, 5)).isTrue();
    assertThat(isKilled(Place.SAVING, 2, 5)).isTrue();
    assertThat(isKilled(Place.STEP, 5, 5)).isTrue();
    assertEndsAsOneThatWasNot(5);
  }

  @Test
  @Tag("slow")
  void aRunKilledAtFiftyRandomPointsEndsAsOneThatWasNot() throws Exception {
    Random random = new Random(1);
    int killed = 0;
    for (int i = 0; i < 50; i++) {
      Place place = Place.values()[random.nextInt(Place.values().length)];
      killed += isKilled(place, 1 + random.nextInt(4), 120) ? 1 : 0;
    }
    assertThat(killed).isEqualTo(50);
    assertEndsAsOneThatWasNot(120);
  }

  /**
   * Goes on with the run and kills it the so-many-th time that it is there.
   *
   * @return false if it came to its end before
   */
  private boolean isKilled(Place place, int times, int epochs) throws Exception {
    Path errors = folder.resolve("errors.txt");
    try (WatchService watcher = killed.getFileSystem().newWatchService()) {
      killed.resolve(Checkpoints.FOLDER).register(watcher, StandardWatchEventKinds.ENTRY_CREATE);
      Process process =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-Dai.djl.offline=true",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  KilledTrainer.class.getName(),
                  killed.toString(),
                  Integer.toString(epochs))
              .redirectError(errors.toFile())
              .start();
      if (place == Place.SAVING) {
        Thread.ofPlatform().daemon().start(() -> killAsItSaves(process, watcher, times));
      }
      int left = times;
      try (BufferedReader told = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = told.readLine(); line != null; line = told.readLine()) {
          left -= line.equals(place.name()) ? 1 : 0;
          if (left == 0) {
            process.toHandle().destroyForcibly();
          }
        }
      }
      int ended = process.waitFor();
      assertThat(ended).as(Files.readString(errors)).isIn(SIGKILLED, 0);
      return ended == SIGKILLED;
    }
  }

  /** A checkpoint begins with a folder of a name of its own, which goes once it is whole. */
  private static void killAsItSaves(Process process, WatchService watcher, int times) {
    int left = times;
    try {
      while (left > 0) {
        WatchKey key = watcher.take();
        for (WatchEvent<?> event : key.pollEvents()) {
          left -= String.valueOf(event.context()).startsWith(Staged.PREFIX) ? 1 : 0;
        }
        key.reset();
      }
      process.toHandle().destroyForcibly();
    } catch (ClosedWatchServiceException e) {
      // The run has ended before.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void assertEndsAsOneThatWasNot(int epochs) throws Exception {
    TinyRun whole = KilledTrainer.run(Files.createDirectory(folder.resolve("whole")), epochs);
    whole.run(false);
    TinyRun rest = KilledTrainer.run(killed, epochs);
    rest.run(true);
    assertThat(rest.losses()).isEqualTo(whole.losses()).hasSize(4 * epochs);
    assertThat(rest.evaluations("often")).isEqualTo(whole.evaluations("often"));
    for (String file : List.of("model.safetensors", "optimizer.safetensors", "state.json")) {
      assertThat(newest(killed).resolve(file))
          .hasSameBinaryContentAs(newest(folder.resolve("whole")).resolve(file));
    }
    try (var left = Files.list(killed.resolve(Checkpoints.FOLDER))) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(Staged.PREFIX));
    }
  }

  private static Path newest(Path dir) throws IOException {
    return new Checkpoints(dir, 2, Map.of()).steps().getLast();
  }
}
