package dev.facet.model.weights;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightFilesTest {
  @TempDir Path folder;

  @Test
  void aFolderWithoutWeightsIsToldWhatWasLookedForAndWhatIsThere() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{}");
    assertThatThrownBy(() -> WeightFiles.open(folder).close())
        .isInstanceOf(FacetException.class)
        .hasMessageContaining(folder + " holds no weights: looked for model.safetensors")
        .hasMessageEndingWith("found config.json")
        .extracting(e -> ((FacetException) e).exitCode())
        .isEqualTo(2);
  }

  @Test
  void severalCheckpointsAreNotChosenFrom() throws IOException {
    Files.writeString(folder.resolve("a.pth"), "");
    Files.writeString(folder.resolve("b.pt"), "");
    assertThatThrownBy(() -> WeightFiles.open(folder).close())
        .hasMessageContaining("holds several weights")
        .hasMessageEndingWith("found a.pth, b.pt");
  }

  @Test
  void aPointerOfGitLfsIsToldHowToBeFetched() throws IOException {
    Path file = folder.resolve("model.safetensors");
    Files.writeString(file, "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n");
    Hostile.refused(file, "git lfs pull");
  }
}
