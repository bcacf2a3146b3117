package dev.facet.model.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.facet.model.ops.Ops;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A tower as a chain of stages: the embedding, one transformer block after another, the head. Each
 * stage is a pure function of what comes in, so any of them can be computed again.
 */
public abstract class Encoder extends NamedBlock {
  private final List<NamedBlock> layers = new ArrayList<>();
  private final List<Parameter> embedding = new ArrayList<>();
  private final List<Parameter> projection = new ArrayList<>();

  /** Names of weights that were drawn although the model starts from a checkpoint. */
  private final Set<String> drawn = new HashSet<>();

  /** Declares a weight of the first stage. */
  protected final Parameter embedding(String name, SeededInit init, long... shape) {
    Parameter parameter = weight(name, init, shape);
    embedding.add(parameter);
    return parameter;
  }

  /** Declares a weight whose shape depends on the width of the joint space. */
  protected final Parameter projection(String name, SeededInit init, long... shape) {
    Parameter parameter = weight(name, init, shape);
    projection.add(parameter);
    return parameter;
  }

  /** Features [N, E] as they are compared: of unit length. */
  public NDArray compared(NDArray features) {
    return Ops.get().unit(features);
  }

  /** Whether there is anything to compute between its input and its features. */
  public boolean computes() {
    return true;
  }

  /** The weights whose shape depends on the width of the joint space. */
  public final List<Parameter> projection() {
    return projection;
  }

  public final Set<String> drawn() {
    return drawn;
  }

  /** Remembers which weights have no values yet. */
  public final void noteDrawn() {
    getParameters().values().stream()
        .filter(each -> !each.isInitialized())
        .forEach(each -> drawn.add(each.getName()));
  }

  final boolean embeddingIsTrained() {
    return embedding.stream().anyMatch(Parameter::requiresGradient);
  }

  /** Whether gradients are wanted for any weight of the tower. */
  public final boolean learns() {
    return getParameters().values().stream().anyMatch(Parameter::requiresGradient);
  }

  /**
   * How far down each weight is (Clark et al. 2020, "ELECTRA", appendix B; Bao et al. 2022, "BEiT",
   * appendix): 0 is the last norm and the head, 1 the last block, and so on to the embedding.
   */
  public final Map<String, Integer> depths() {
    Map<String, Integer> depths = new LinkedHashMap<>();
    getParameters().values().forEach(each -> depths.put(each.getName(), 0));
    for (int i = 0; i < layers.size(); i++) {
      int depth = layers.size() - i;
      layers.get(i).getParameters().values().forEach(each -> depths.put(each.getName(), depth));
    }
    embedding.forEach(each -> depths.put(each.getName(), layers.size() + 1));
    return depths;
  }

  /** The blocks whose linear maps can be adapted. */
  public final List<TransformerLayer> blocks() {
    return layers.stream()
        .filter(TransformerLayer.class::isInstance)
        .map(TransformerLayer.class::cast)
        .toList();
  }

  protected final void add(NamedBlock layer) {
    layers.add(addChildBlock("layer" + layers.size(), layer));
  }

  protected final List<NamedBlock> layers() {
    return layers;
  }

  /** The tower's input to tokens [N, T, D] float32. */
  protected abstract NDArray embed(ParameterStore store, NDArray input, boolean training);

  /** One of the blocks: [N, T, D] to [N, T, D]. */
  protected NDArray block(
      ParameterStore store, NamedBlock layer, NDArray x, NDArray input, boolean training) {
    return layer.forward(store, new NDList(x), training).head();
  }

  /** What the last block gives to features, not normalised. */
  protected abstract NDArray head(ParameterStore store, NDArray x, NDArray input, boolean training);

  @Override
  protected final NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    NDArray input = inputs.head();
    return new NDList(head(store, blocks(store, input, training), input, training));
  }

  /** What the last block gives. */
  protected final NDArray blocks(ParameterStore store, NDArray input, boolean training) {
    NDArray x = embed(store, input, training);
    for (NamedBlock layer : layers) {
      x = block(store, layer, x, input, training);
    }
    return x;
  }

  /**
   * Features, not normalised and without dropout, told what every block gives on the way.
   *
   * @param hidden takes the block's number, from 1, and its tokens [N, T, D]
   */
  public final NDArray traced(
      ParameterStore store, NDArray input, BiConsumer<Integer, NDArray> hidden) {
    NDArray x = embed(store, input, false);
    int number = 0;
    for (NamedBlock layer : layers) {
      x = block(store, layer, x, input, false);
      hidden.accept(++number, x);
    }
    return head(store, x, input, false);
  }
}
