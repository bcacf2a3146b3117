package dev.facet.model.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.facet.base.FacetException;
import dev.facet.model.Architecture;
import dev.facet.model.DualEncoder;
import dev.facet.model.Tiny;
import dev.facet.model.checkpoint.InitialWeights;
import dev.facet.model.checkpoint.ModelDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorConfigTest {
  private static final PictureVectors PROJECTED = new PictureVectors(5, true, true);

  @TempDir Path folder;

  @Test
  void theTextTowerOfEveryArchitectureGoesWithVectorsAndComesBackFromItsFolder()
      throws IOException {
    for (Architecture texts : List.of(Tiny.clip(), Tiny.siglip(), Tiny.flip())) {
      Path whole = Files.createDirectory(folder.resolve(texts.type()));
      Path alone = Files.createDirectory(folder.resolve(texts.type() + "-texts"));
      float[] before;
      try (DualEncoder model = DualEncoder.random(texts, Tiny.options(1))) {
        ModelDirectory.write(model, whole);
        before = Tiny.features(model).get(1);
      }
      VectorConfig sizes = new VectorConfig(texts, PROJECTED);
      float[] vectors;
      try (DualEncoder model =
          ModelDirectory.start(sizes, InitialWeights.of(whole), Tiny.options(2), note -> {})) {
        vectors = vectors(model);
        assertThat(texts(model)).containsExactly(before, within(1e-6f));
        ModelDirectory.write(model, alone);
      }
      assertThat(ModelDirectory.config(alone).type()).isEqualTo(texts.type());
      try (DualEncoder model = ModelDirectory.open(alone, Tiny.options(3))) {
        assertThat(((VectorConfig) model.config()).pictures()).isEqualTo(PROJECTED);
        assertThat(texts(model)).containsExactly(before, within(1e-6f));
        assertThat(vectors(model)).containsExactly(vectors, within(1e-6f));
      }
    }
  }

  @Test
  void vectorsThatAreNotProjectedKeepTheirLength() {
    PictureVectors plain = new PictureVectors(8, false, false);
    try (DualEncoder model =
        DualEncoder.random(new VectorConfig(Tiny.clip(), plain), Tiny.options(1))) {
      assertThat(vectors(model)).containsExactly(numbers(16));
    }
  }

  @Test
  void aJointSpaceOfAnotherWidthNeedsAProjection() {
    PictureVectors plain = new PictureVectors(5, false, true);
    assertThatThrownBy(() -> new VectorConfig(Tiny.clip(), plain))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll(
            "5 numbers", "has 8", "model.embed_dim to 5", "model.vectors.head to linear");
  }

  private static float[] texts(DualEncoder model) {
    try (var scope = model.manager().newSubManager()) {
      return model.encodeTexts(Tiny.ids(scope, model.config()), false).toFloatArray();
    }
  }

  private static float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i % 7 - 2.5f;
    }
    return numbers;
  }

  private static float[] vectors(DualEncoder model) {
    int width = ((VectorConfig) model.config()).pictures().width();
    ByteBuffer two =
        ByteBuffer.allocateDirect(2 * width * Float.BYTES).order(ByteOrder.nativeOrder());
    two.asFloatBuffer().put(numbers(2 * width));
    return model.embedImages(two, ByteBuffer.allocateDirect(0), 2);
  }
}
