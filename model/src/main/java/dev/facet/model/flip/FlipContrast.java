package dev.facet.model.flip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import dev.facet.model.Architecture;
import dev.facet.model.DualEncoder;
import dev.facet.model.layers.ImageEncoder;
import dev.facet.model.layers.LayerSettings;
import dev.facet.model.layers.PostNormLayer;
import dev.facet.model.ops.TrainingOps;
import dev.facet.model.training.Contrastive;
import dev.facet.model.training.InfoNce;
import dev.facet.model.training.LossSettings;
import dev.facet.model.training.Teacher;
import java.nio.LongBuffer;
import org.jspecify.annotations.Nullable;

/** What of FLIP compares pictures and captions by unit vectors: a BERT and a temperature. */
class FlipContrast extends DualEncoder {
  private static final double MIN_TEMPERATURE = 0.001;
  private static final double MAX_TEMPERATURE = 0.5;

  private final FlipConfig config;
  private final Parameter temperature;

  /**
   * With anything on the side of the pictures.
   *
   * @param config of the text tower
   * @param whole of the model
   */
  FlipContrast(
      FlipConfig config,
      Architecture whole,
      ImageEncoder pictures,
      BertText text,
      LayerSettings settings,
      NDManager manager) {
    super(whole, settings, manager, pictures, text);
    this.config = config;
    temperature = weight("temp", settings.init().constant(0.07));
    text.freezeParameters(true, each -> each.getName().contains(PostNormLayer.CROSS));
  }

  NDArray temperature() {
    return temperature.getArray();
  }

  /** {@inheritDoc} Padding is masked, so what follows the last other token counts for nothing. */
  @Override
  protected int used(LongBuffer ids, int from, int length) {
    int end = length;
    while (end > 1 && ids.get(from + end - 1) == config.padToken()) {
      end--;
    }
    return end;
  }

  @Override
  public Contrastive contrastive(LossSettings settings, @Nullable Teacher teacher) {
    return new InfoNce(this, () -> TrainingOps.get().logScaleOf(temperature()), settings, teacher);
  }

  @Override
  protected NDArray logits(NDArray images, NDArray texts) {
    return images.matMul(texts.transpose()).div(temperature());
  }

  @Override
  protected Parameter scaleWeight() {
    return temperature;
  }

  @Override
  protected double scaleValue(double factor) {
    return 1 / factor;
  }

  @Override
  public double logitScale() {
    return 1 / temperature().getFloat();
  }

  /** {@inheritDoc} FLIP keeps the temperature in [0.001, 0.5]. */
  @Override
  public void clampLogitScale(NDManager scope, double max) {
    if (temperature.requiresGradient()) {
      double low = Math.min(Math.max(MIN_TEMPERATURE, 1 / max), MAX_TEMPERATURE);
      TrainingOps.get().clamp(scope, temperature(), low, MAX_TEMPERATURE);
    }
  }
}
