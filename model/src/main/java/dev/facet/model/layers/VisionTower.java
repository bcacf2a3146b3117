package dev.facet.model.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.facet.model.config.PatchGrid;
import dev.facet.model.config.TowerSize;
import dev.facet.model.ops.Ops;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * An image tower (Dosovitskiy et al. 2021, "An image is worth 16x16 words"): pixels [N, 3, S, S]
 * float32 to features. What differs between architectures, the first tokens and the head, is theirs
 * to say.
 */
public abstract class VisionTower extends ImageEncoder {
  /** Apart from what other draws of a step use; see {@link StepRandom}. */
  private static final int PATCHES = 1;

  final LayerSettings settings;
  private final int side;
  private final Parameter position;
  private final String positionName;

  /** Tokens before the patches: the class token, or none. */
  private final int first;

  // Blocks of DJL declare their parts while they are made.
  @SuppressWarnings("this-escape")
  protected VisionTower(
      LayerSettings settings,
      String prefix,
      PatchGrid grid,
      TowerSize tower,
      int first,
      SeededInit init) {
    this.settings = settings;
    this.first = first;
    this.side = grid.imageSize();
    int patches = grid.side() * grid.side();
    positionName = prefix + "embeddings.position_embedding.weight";
    position = embedding(positionName, init, first + patches, tower.width());
    for (int i = 0; i < tower.layers(); i++) {
      add(new PreNormLayer(prefix + "encoder.layers." + i + ".", tower, false, settings));
    }
  }

  /** The name of the position embedding, [first + side^2, D], which other image sizes resize. */
  public final String positionName() {
    return positionName;
  }

  public final int first() {
    return first;
  }

  /**
   * {@inheritDoc} Pictures are [n, S, S, 3] uint8; colour and normalisation are applied here.
   *
   * @return [n, 3, S, S] float32
   */
  @Override
  public final NDArray batch(NDManager scope, ByteBuffer pictures, ByteBuffer colour, int n) {
    NDArray bytes = scope.create(pictures, new Shape(n, side, side, 3), DataType.UINT8);
    NDArray matrices = scope.create(colour, new Shape(n, 3, 4), DataType.FLOAT32);
    return Ops.get().pixels(bytes, matrices);
  }

  @Override
  public final int tokens(boolean training) {
    int all = (int) position.getShape().get(0);
    return training && settings.patchDropout() > 0 ? first + kept(all - first) : all;
  }

  /** How many of a picture's patches stay where some are dropped; at least one. */
  private int kept(int patches) {
    return Math.max(1, (int) (patches * (1 - settings.patchDropout())));
  }

  /** Whether a position embedding is smoothed before it shrinks. */
  public boolean antialiasesPositions() {
    return true;
  }

  @Override
  protected final NDArray embed(ParameterStore store, NDArray pixels, boolean training) {
    NDArray x = tokens(store, pixels, value(store, position, pixels, training), training);
    boolean drops = training && settings.patchDropout() > 0;
    return prepare(store, drops ? drop(x) : x, training);
  }

  /** Patches and whatever comes before them, with their positions: [N, T, D]. */
  protected abstract NDArray tokens(
      ParameterStore store, NDArray pixels, NDArray position, boolean training);

  /** What happens to the tokens before the first block. */
  protected NDArray prepare(ParameterStore store, NDArray x, boolean training) {
    return x;
  }

  /** Keeps as many patches of each picture as the share allows, at least one; others each time. */
  private NDArray drop(NDArray x) {
    int pictures = (int) x.getShape().get(0);
    int patches = (int) x.getShape().get(1) - first;
    int keep = kept(patches);
    long[] kept = new long[pictures * keep];
    int[] order = new int[patches];
    for (int picture = 0; picture < pictures; picture++) {
      SplittableRandom random = settings.random().random(PATCHES, picture);
      for (int i = 0; i < patches; i++) {
        order[i] = i;
      }
      for (int i = 0; i < keep; i++) {
        int other = random.nextInt(i, patches);
        int chosen = order[other];
        order[other] = order[i];
        order[i] = chosen;
        kept[picture * keep + i] = (long) first + chosen;
      }
    }
    return Ops.get().keepTokens(x, kept, first);
  }
}
