package dev.facet.eval.stored;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedVectorsTest {
  @TempDir private Path folder;

  /** 102 MB of vectors among 40 MB of heap. */
  @Test
  void vectorsThatAreRankedTakeNoneOfTheHeap() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx40m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeap.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said.strip()).isEqualTo("1.0");
  }

  @Test
  void aWorkFolderServesOneEvaluationAtATimeAndGoesWhenItIsDone() throws IOException {
    Path path = folder.resolve("work");
    try (WorkFolder first = WorkFolder.open(path)) {
      Files.writeString(first.path().resolve("some.ranks"), "kept");
      assertThatThrownBy(() -> WorkFolder.open(path))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("another evaluation is at work");
    }
    assertThat(path.resolve("some.ranks")).exists();
    try (WorkFolder second = WorkFolder.open(path)) {
      second.done();
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void aFolderOfSomethingElseIsLeftAlone() throws IOException {
    // A training run that was killed leaves its lock.
    for (String name : List.of("lock", "mine.txt")) {
      Path file = Files.writeString(folder.resolve(name), "mine");
      assertThatThrownBy(() -> WorkFolder.open(folder))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("holds something else");
      assertThat(file).exists();
    }
  }
}
