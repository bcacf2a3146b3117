package dev.facet.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory over 5,000 steps with all that is saved and scored on the way. */
@Tag("slow")
class FlatMemoryTest {
  @TempDir Path folder;

  @Test
  void residentMemoryStaysFlatOverFiveThousandSteps() throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xms256m",
                "-Xmx256m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseParallelGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                LongRun.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader told = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = told.lines().toList();
      assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
      List<Long> resident =
          lines.stream()
              .filter(line -> line.startsWith("rss "))
              .map(line -> Long.parseLong(line.substring(4)))
              .toList();
      assertThat(resident).hasSize(LongRun.STEPS / LongRun.EVERY);
      assertThat((double) resident.getLast() / resident.get(1))
          .as("kB after each thousand steps: %s", resident)
          .isLessThan(1.03);
    } finally {
      process.destroyForcibly();
    }
  }
}
