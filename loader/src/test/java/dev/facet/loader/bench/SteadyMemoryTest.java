package dev.facet.loader.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.loader.Pictures;
import dev.facet.loader.shard.writing.ShardRow;
import dev.facet.loader.shard.writing.ShardWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory over 200,000 samples; a minute long. */
@Tag("slow")
class SteadyMemoryTest {
  private static final int ROWS = 4096;

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    byte[][] pictures = new byte[64][];
    for (int i = 0; i < pictures.length; i++) {
      pictures[i] = Pictures.jpeg(Pictures.busy(64 + i % 7, 72 - i % 5, i));
    }
    try (ShardWriter writer =
        new ShardWriter(folder.resolve("shards"), ShardWriter.Settings.of("test", Map.of()))) {
      for (int i = 0; i < ROWS; i++) {
        writer.write(
            new ShardRow(
                "id" + i,
                pictures[i % pictures.length],
                List.of("a drawn picture", "ovals of many colours, number " + i),
                null,
                64,
                64,
                Map.of(),
                "drawn",
                null,
                "train"));
      }
      writer.commit();
    }
  }

  @Test
  void residentMemoryStaysFlatAndAlmostNothingIsAllocatedPerSample() throws Exception {
    List<String> lines = run(200_000);

    List<Double> resident =
        lines.stream()
            .filter(line -> line.startsWith("rss "))
            .map(line -> Double.parseDouble(line.substring(4)))
            .toList();
    assertThat(resident).hasSize(4);
    assertThat(resident.get(3) / resident.get(1)).as("last quarter / second").isLessThan(1.03);
    double allocated = Double.parseDouble(lines.getLast().replace("allocated ", ""));
    assertThat(allocated).as("heap bytes per sample").isBetween(1.0, 200.0);
  }

  /**
   * Another process: this one's heap has grown with the tests before, and they are instrumented.
   */
  private List<String> run(int samples) throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-Xms256m",
                "-Xmx256m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseParallelGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                SteadyRun.class.getName(),
                folder.resolve("shards").toString(),
                Integer.toString(samples))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int code;
    try {
      code = process.waitFor();
    } finally {
      process.destroyForcibly();
    }
    List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
    assertThat(code).as(String.join("\n", lines)).isZero();
    return lines;
  }
}
