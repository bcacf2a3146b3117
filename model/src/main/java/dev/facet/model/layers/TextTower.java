package dev.facet.model.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.facet.model.config.TowerSize;
import dev.facet.model.ops.Ops;

/**
 * A text tower of pre-norm blocks: token ids [N, T] int64 to features [N, E], not normalised. Which
 * place is read, and how it is projected, is the architecture's to say.
 */
public abstract class TextTower extends Encoder implements TextPositions {
  protected static final String PREFIX = "text_model.";

  private final Parameter table;
  private final Parameter position;
  private final LayerNorm norm;

  // Blocks of DJL declare their parts while they are made.
  @SuppressWarnings("this-escape")
  protected TextTower(
      LayerSettings settings, int vocabSize, int contextLength, TowerSize tower, boolean causal) {
    int width = tower.width();
    String in = PREFIX + "embeddings.";
    SeededInit init = settings.init();
    table = embedding(in + "token_embedding.weight", init.std(0.02), vocabSize, width);
    position = embedding(positionName(), init.std(0.01), contextLength, width);
    for (int i = 0; i < tower.layers(); i++) {
      add(new PreNormLayer(PREFIX + "encoder.layers." + i + ".", tower, causal, settings));
    }
    norm = new LayerNorm(this::weight, PREFIX + "final_layer_norm", width, tower.normEps(), init);
  }

  @Override
  public final String positionName() {
    return PREFIX + "embeddings.position_embedding.weight";
  }

  @Override
  protected final NDArray embed(ParameterStore store, NDArray ids, boolean training) {
    return Ops.get()
        .embedTokens(
            ids, value(store, table, ids, training), value(store, position, ids, training));
  }

  /** The norm looks at one position at a time, so only the one that is read goes through it. */
  @Override
  protected final NDArray head(ParameterStore store, NDArray x, NDArray ids, boolean training) {
    return project(store, norm.of(store, read(x, ids), training), training);
  }

  /** The place of each caption that stands for it: [N, T, D] to [N, D]. */
  protected abstract NDArray read(NDArray x, NDArray ids);

  /** [N, D] to [N, E]. */
  protected abstract NDArray project(ParameterStore store, NDArray x, boolean training);
}
