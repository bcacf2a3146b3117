package dev.facet.model.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.training.ParameterStore;
import dev.facet.model.ops.Ops;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Gradient checkpointing (Chen et al. 2016, "Training deep nets with sublinear memory cost",
 * section 3.1): a pass through a tower that keeps what goes into each block and nothing else; the
 * backward pass computes one block at a time again. The numbers are those of the ordinary pass.
 */
public final class GradientCheckpointing {
  private final Encoder tower;
  private final ParameterStore store;
  private final NDArray input;

  /** What went into the blocks from the first trained one on, and into the head. */
  private final List<NDArray> kept = new ArrayList<>();

  private final int first;
  private final NDArray features;

  /** Runs the tower; its features, unit vectors, wait for their gradient. */
  public GradientCheckpointing(Encoder tower, ParameterStore store, NDArray input) {
    this.tower = tower;
    this.store = store;
    this.input = input;
    this.first = firstTrained();
    this.features = Ops.inference(this::forward);
    features.setRequiresGradient(true);
  }

  public NDArray features() {
    return features;
  }

  private NDArray forward() {
    NDArray x = tower.embed(store, input, true);
    for (int i = 0; i < tower.layers().size(); i++) {
      NDArray next = block(i, x);
      keep(i, x);
      x = next;
    }
    NDArray result = head(x);
    keep(tower.layers().size(), x);
    return result;
  }

  private void keep(int stage, NDArray x) {
    if (stage >= Math.max(0, first)) {
      kept.add(x);
    } else {
      x.close();
    }
  }

  /**
   * Carries a gradient back to every weight of the tower.
   *
   * @param ofFeatures [N, E]
   */
  public void backward(NDArray ofFeatures) {
    NDArray gradient = back(this::head, ofFeatures);
    for (int i = tower.layers().size() - 1; i >= Math.max(0, first); i--) {
      int layer = i;
      gradient = back(x -> block(layer, x), gradient);
    }
    if (first < 0) {
      NDArray embedded = tower.embed(store, input, true);
      run(embedded, gradient);
    }
  }

  private NDArray back(UnaryOperator<NDArray> stage, NDArray gradient) {
    try (NDArray x = kept.removeLast()) {
      x.setRequiresGradient(true);
      run(stage.apply(x), gradient);
      NDArray result = x.getGradient();
      result.attach(gradient.getManager());
      return result;
    }
  }

  private static void run(NDArray output, NDArray gradient) {
    try (output;
        gradient) {
      Ops.backward(output, gradient);
    }
  }

  private NDArray block(int i, NDArray x) {
    return tower.block(store, tower.layers().get(i), x, input, true);
  }

  private NDArray head(NDArray x) {
    return tower.compared(tower.head(store, x, input, true));
  }

  /** The lowest block with a weight that is trained; -1 if the embedding has one. */
  private int firstTrained() {
    int result = tower.layers().size();
    for (int i = tower.layers().size() - 1; i >= 0; i--) {
      result = tower.layers().get(i).isTrained() ? i : result;
    }
    return tower.embeddingIsTrained() ? -1 : result;
  }
}
