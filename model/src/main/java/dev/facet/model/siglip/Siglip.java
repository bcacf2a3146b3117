package dev.facet.model.siglip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import dev.facet.model.Architecture;
import dev.facet.model.DualEncoder;
import dev.facet.model.layers.ImageEncoder;
import dev.facet.model.layers.LayerSettings;
import dev.facet.model.training.Contrastive;
import dev.facet.model.training.LossSettings;
import dev.facet.model.training.SigmoidLoss;
import dev.facet.model.training.Teacher;
import java.nio.LongBuffer;
import org.jspecify.annotations.Nullable;

/** SigLIP (Zhai et al. 2023): every pair of the batch is a yes-or-no question of its own. */
final class Siglip extends DualEncoder {
  private final Parameter logitScale;
  private final Parameter logitBias;

  Siglip(SiglipConfig config, LayerSettings settings, NDManager manager) {
    this(config, config, new SiglipVision(config, settings), settings, manager);
  }

  /**
   * A SigLIP with anything on the side of the pictures.
   *
   * @param config of the text tower
   * @param whole of the model
   */
  Siglip(
      SiglipConfig config,
      Architecture whole,
      ImageEncoder pictures,
      LayerSettings settings,
      NDManager manager) {
    super(whole, settings, manager, pictures, new SiglipText(config, settings));
    // Zhai et al. 2023, section 3.2: most pairs are wrong ones, so the start says no.
    logitScale = weight("logit_scale", settings.init().constant(Math.log(10)), 1);
    logitBias = weight("logit_bias", settings.init().constant(-10), 1);
  }

  /** {@inheritDoc} Here the last place is read, so all count. */
  @Override
  protected int used(LongBuffer ids, int from, int length) {
    return length;
  }

  @Override
  public Contrastive contrastive(LossSettings settings, @Nullable Teacher teacher) {
    return new SigmoidLoss(this, logitScale, logitBias, settings, teacher);
  }

  @Override
  protected NDArray logits(NDArray images, NDArray texts) {
    return images
        .matMul(texts.transpose())
        .mul(logitScale.getArray().exp())
        .add(logitBias.getArray());
  }

  @Override
  protected Parameter scaleWeight() {
    return logitScale;
  }

  @Override
  public double logitScale() {
    return Math.exp(logitScale.getArray().toFloatArray()[0]);
  }

  /**
   * Does nothing: SigLIP is trained without a limit (google-research/big_vision, siglip.py), and
   * its published scales lie above CLIP's of 100, so a limit would change such a model at its first
   * step.
   */
  @Override
  public void clampLogitScale(NDManager scope, double max) {}
}
