package dev.facet.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.facet.base.FacetException;
import dev.facet.model.Architecture;
import dev.facet.model.DualEncoder;
import dev.facet.model.Tiny;
import dev.facet.model.ops.Ops;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PositionStretchingTest {
  /** Zhang et al. 2024, section 3.2: 20 stay, the others lie four times as far apart. */
  @Test
  void seventySevenPlacesBecomeTwoHundredAndFortyEight() {
    float[] own = new float[77];
    for (int i = 0; i < own.length; i++) {
      own[i] = i * i;
    }
    float[] stretched = stretched(own, 248);
    for (int i = 0; i < 20; i++) {
      assertThat(stretched[i]).isEqualTo(own[i]);
    }
    for (int i = 0; i < 56; i++) {
      for (int k = 0; k < 4; k++) {
        float between = ((4 - k) * own[20 + i] + k * own[21 + i]) / 4;
        assertThat(stretched[20 + 4 * i + k]).isEqualTo(between, within(1e-2f));
      }
    }
    // The last four go on as the last two places did.
    float step = own[76] - own[75];
    for (int k = 0; k < 4; k++) {
      assertThat(stretched[244 + k]).isEqualTo(own[76] + k * step / 4, within(1e-2f));
    }
  }

  @Test
  void placesThatLieOnALineStayOnItAtAnyLength() {
    float[] own = new float[48];
    for (int i = 0; i < own.length; i++) {
      own[i] = i;
    }
    float[] stretched = stretched(own, 100);
    for (int i = 0; i < 100; i++) {
      float expected = i < 20 ? i : 20 + (i - 20) * 28 / 80f;
      assertThat(stretched[i]).isEqualTo(expected, within(1e-4f));
    }
    assertThat(stretched(own, 30)).containsExactly(Arrays.copyOf(own, 30));
  }

  @Test
  void aShortTableKeepsHalfOfIt() {
    assertThat(PositionStretching.kept(77)).isEqualTo(20);
    assertThat(PositionStretching.kept(40)).isEqualTo(20);
    assertThat(PositionStretching.kept(16)).isEqualTo(8);
  }

  @Test
  void aStretchedCheckpointReadsShortCaptionsAsBefore(@TempDir Path folder) throws IOException {
    for (Architecture sizes : List.of(Tiny.clip(), Tiny.flip())) {
      Path own = folder.resolve(sizes.type());
      Files.createDirectory(own);
      float[] before;
      try (DualEncoder model = DualEncoder.random(sizes, Tiny.options(1))) {
        ModelDirectory.write(model, own);
        before = features(model, 3);
      }
      List<String> notes = new ArrayList<>();
      Architecture longer = sizes.withContextLength(11);
      try (DualEncoder model =
          ModelDirectory.start(longer, InitialWeights.of(own), Tiny.options(1), notes::add)) {
        assertThat(features(model, 3)).containsExactly(before, within(1e-6f));
        assertThat(features(model, 11)).hasSameSizeAs(before);
      }
      assertThat(notes).singleElement().asString().contains("positions of captions stretched");
    }
  }

  @Test
  void aSiglipHasItsOwnLengthAlone() {
    assertThat(Tiny.siglip().withContextLength(6)).isEqualTo(Tiny.siglip());
    assertThatThrownBy(() -> Tiny.siglip().withContextLength(9))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("model.context_length is 9", "last place, 6", "leave it out");
  }

  /** Of a caption that ends at its last place. */
  private static float[] features(DualEncoder model, int tokens) {
    try (NDManager scope = model.manager().newSubManager()) {
      long[] ids = new long[tokens];
      for (int i = 0; i < tokens; i++) {
        ids[i] = i == tokens - 1 ? model.config().vocabSize() - 1 : 3 + i;
      }
      NDArray row = scope.create(ids, new Shape(1, tokens));
      return model.encodeTexts(row, false).toFloatArray();
    }
  }

  private static float[] stretched(float[] own, int places) {
    try (NDManager scope = NDManager.newBaseManager("PyTorch")) {
      NDArray table = scope.create(own, new Shape(own.length, 1));
      return Ops.inference(
          () ->
              Ops.get()
                  .stretchPositions(table, PositionStretching.kept(own.length), places)
                  .toFloatArray());
    }
  }
}
