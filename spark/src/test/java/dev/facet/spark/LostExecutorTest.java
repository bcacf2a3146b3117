package dev.facet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of two workers, each a process, one of which is killed in the middle. */
@Tag("slow")
final class LostExecutorTest {
  @TempDir private Path folder;

  @Test
  void aKilledExecutorChangesNothing() throws Exception {
    try (Gallery gallery = new Gallery()) {
      Path table = gallery.table(folder);
      Facets.prepare(Facets.LOCAL, table, folder.resolve("local"), Gallery.options());
      gallery.asked().clear();
      CompletableFuture<Void> half = gallery.holdAfter(Gallery.ROWS / 4);

      Path log = folder.resolve("driver.log");
      Process driver = driver(table, folder.resolve("out"), log);
      try {
        half.join();
        // Workers are threads of the driver's, so its children are the executors.
        ProcessHandle victim = driver.children().findFirst().orElseThrow();
        assertThat(victim.destroyForcibly()).isTrue();
        victim.onExit().join();
        gallery.goOn();

        assertThat(driver.waitFor()).as(() -> text(log)).isZero();
      } finally {
        driver.descendants().forEach(ProcessHandle::destroyForcibly);
        driver.destroyForcibly();
      }
      assertThat(Facets.content(folder.resolve("out")))
          .isEqualTo(Facets.content(folder.resolve("local")));
    }
  }

  private Process driver(Path table, Path out, Path log) throws Exception {
    // What a worker takes for an installation; executors have the class path of this process.
    Path home = folder.resolve("home");
    Files.createDirectories(home.resolve("jars"));
    String classPath = System.getProperty("java.class.path");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Dspark.executor.memory=512m",
                "-Dspark.executor.extraClassPath=" + classPath,
                "-Dspark.local.dir=" + Files.createDirectory(folder.resolve("scratch")),
                "-cp",
                classPath,
                ClusterMain.class.getName(),
                "prepare",
                "--engine",
                "spark",
                "--master",
                "local-cluster[2,1,512]",
                "--source",
                table.toString(),
                "--out",
                out.toString()));
    command.addAll(List.of(Gallery.options()));
    // Whoever waits while the other is killed has to wait for long.
    command.addAll(List.of("--set", "fetch.timeout=600"));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Files.createDirectory(folder.resolve("driver")).toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_HOME",
                home.toString(),
                "SPARK_SCALA_VERSION",
                "2.13",
                "SPARK_LOCAL_IP",
                "127.0.0.1",
                "JAVA_HOME",
                System.getProperty("java.home")));
    return builder.start();
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}
