package dev.facet.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.loader.data.MemoryDataset;
import dev.facet.loader.quarantine.Quarantine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every photo of the collection of real faces. */
@Tag("kit")
class RealPicturesTest {
  private static final Path IMAGES =
      Path.of(System.getProperty("facet.shared", "../../shared"), "kit/faces/images");

  @Test
  void noRealPhotoIsLost() throws Exception {
    MemoryDataset dataset = load(IMAGES);
    Setup setup = new Setup();
    setup.batch = 64;
    try (Loader loader = setup.start(dataset, Quarantine.none(), Position.START)) {
      for (Batch next = loader.next(); next != null; next = loader.next()) {
        next.close();
      }
      assertThat(loader.stats().bad()).isEmpty();
      assertThat(loader.stats().samples()).isEqualTo(dataset.size());
    }
  }

  static MemoryDataset load(Path folder) throws IOException {
    MemoryDataset dataset = new MemoryDataset(256);
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      dataset.add(Files.readAllBytes(file), null);
    }
    return dataset;
  }
}
