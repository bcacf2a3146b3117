package dev.facet.model.clip;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.facet.model.DualEncoder;
import dev.facet.model.Formula;
import dev.facet.model.Tiny;
import dev.facet.model.config.TowerSize;
import dev.facet.model.training.FusedAdamW;
import dev.facet.model.training.TrainingBatch;
import dev.facet.model.training.TrainingStep;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Presets at the sizes that a run gives them. */
class PresetStepsTest {
  /** Tokens that go through the image tower at once, about as many as of a published step. */
  private static final int TOKENS = 1_600;

  private static final int DEEPEST = 6;

  @ParameterizedTest
  @EnumSource(ModelPreset.class)
  void aPresetTakesTwoTrainingStepsAndLearnsItsBatch(ModelPreset preset) {
    ClipConfig config = config(preset);
    int patches = config.imageSize() / config.patchSize();
    int batch = Math.max(2, TOKENS / (patches * patches + 1));
    List<Float> losses = new ArrayList<>();
    try (DualEncoder model = DualEncoder.random(config, Tiny.options(5))) {
      FusedAdamW optimizer = Tiny.optimizer(model, 1);
      for (int step = 1; step <= 3; step++) {
        try (NDManager scope = model.manager().newSubManager()) {
          losses.add(backward(model, scope, batch, config));
          optimizer.clipGradients(scope, 1);
          optimizer.step(scope, step, 1e-5, 0.1);
        }
      }
      assertThat(model.weights().values()).allMatch(each -> Float.isFinite(each.sum().getFloat()));
    }
    assertThat(losses).allMatch(Float::isFinite);
    assertThat(losses.get(2)).isLessThan(losses.get(0));
  }

  /** Every width as it is. Deep towers keep one layer: the next ones look like it. */
  private static ClipConfig config(ModelPreset preset) {
    ClipConfig whole =
        preset.config(
            preset.imageSize(), preset.patchSize(), preset.contextLength(), 300, 298, 299);
    return new ClipConfig(
        whole.embedDim(),
        whole.imageSize(),
        whole.patchSize(),
        shallow(whole.vision()),
        whole.vocabSize(),
        whole.contextLength(),
        whole.bosToken(),
        whole.eosToken(),
        whole.padToken(),
        shallow(whole.text()));
  }

  private static TowerSize shallow(TowerSize tower) {
    int layers = tower.layers() > DEEPEST ? 1 : tower.layers();
    return TowerSize.of(tower.width(), layers, tower.heads());
  }

  private static float backward(DualEncoder model, NDManager scope, int batch, ClipConfig config) {
    Formula.Units units = Formula.of("a batch");
    int side = config.imageSize();
    float[] pixels = new float[batch * 3 * side * side];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) units.at(i);
    }
    int length = config.contextLength();
    long[] ids = new long[batch * length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (i + 1) % length == 0 ? config.eosToken() : Math.floorMod(31L * i, 298);
    }
    long[] own = new long[batch];
    for (int i = 0; i < batch; i++) {
      own[i] = i;
    }
    TrainingBatch pairs =
        new TrainingBatch(
            scope.create(pixels, new Shape(batch, 3, side, side)),
            scope.create(ids, new Shape(batch, length)),
            scope.create(own),
            0);
    return new TrainingStep(model.contrastive()).gradients(pairs, 0).total();
  }
}
