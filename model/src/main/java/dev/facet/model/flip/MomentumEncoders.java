package dev.facet.model.flip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import dev.facet.model.layers.Encoder;
import dev.facet.model.layers.LayerSettings;
import dev.facet.model.layers.NamedBlock;
import dev.facet.model.layers.SeededInit;
import dev.facet.model.ops.FlipOps;
import dev.facet.model.ops.Ops;
import dev.facet.model.ops.TrainingOps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What FLIP's training carries from step to step beside the weights (He et al. 2020, "Momentum
 * contrast", section 3.2): momentum encoders, slow copies of both towers, and a queue of the
 * features that these gave to the pairs of earlier batches. Gradients change none of it.
 */
final class MomentumEncoders extends NamedBlock {
  private static final String IDS = "idx_queue";
  private static final String POINTER = "ptr_queue";

  /** The id of a column that no pair has filled yet. */
  private static final long NOBODY = -100;

  private final FlipVision vision;
  private final BertText text;
  private final List<Parameter> originals = new ArrayList<>();
  private final List<Parameter> copies = new ArrayList<>();
  private final Parameter images;
  private final Parameter texts;
  private final Parameter ids;
  private final Parameter pointer;

  MomentumEncoders(FlipConfig config, LayerSettings settings, FlipVision vision, BertText text) {
    this.vision = addChildBlock("vision", new FlipVision(config, settings, "_m"));
    this.text = addChildBlock("text", new BertText(config, settings, "_m"));
    pair(vision, this.vision);
    pair(text, this.text);
    images = queue("image_queue", config, settings);
    texts = queue("text_queue", config, settings);
    ids = whole(IDS, NOBODY, 1, config.queueSize());
    pointer = whole(POINTER, 0, 1);
    freezeParameters(true);
  }

  /** Whether a weight of that name holds whole numbers. */
  static boolean isWhole(String name) {
    return name.equals(IDS) || name.equals(POINTER);
  }

  /** A copy starts as what it copies. */
  private void pair(Block original, Block copy) {
    List<Parameter> from = original.getParameters().values();
    List<Parameter> to = copy.getParameters().values();
    for (int i = 0; i < from.size(); i++) {
      to.get(i).setInitializer(from.get(i).getInitializer());
    }
    originals.addAll(from);
    copies.addAll(to);
  }

  private Parameter queue(String name, FlipConfig config, LayerSettings settings) {
    SeededInit init = settings.init().std(1);
    Parameter queue = weight(name, init, config.embedDim(), config.queueSize());
    Initializer draw = queue.getInitializer();
    queue.setInitializer(
        (manager, shape, type) -> {
          try (NDManager scope = manager.newSubManager()) {
            float[] values = draw.initialize(scope, shape, type).toFloatArray();
            NDArray units = scope.create(unitColumns(values, (int) shape.get(1)), shape);
            return Ops.get().copy(manager, units);
          }
        });
    return queue;
  }

  private static float[] unitColumns(float[] values, int columns) {
    double[] squares = new double[columns];
    for (int i = 0; i < values.length; i++) {
      squares[i % columns] += (double) values[i] * values[i];
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] / Math.sqrt(squares[i % columns]));
    }
    return values;
  }

  private Parameter whole(String name, long value, long... size) {
    Parameter parameter =
        addParameter(
            Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.OTHER)
                .optShape(new Shape(size))
                .build());
    parameter.setInitializer(
        (manager, shape, type) -> {
          long[] values = new long[Math.toIntExact(shape.size())];
          Arrays.fill(values, value);
          return manager.create(values, shape);
        });
    return parameter;
  }

  FlipVision vision() {
    return vision;
  }

  BertText text() {
    return text;
  }

  /** All of the queue, its ids and its pointer. */
  List<Parameter> queue() {
    return List.of(images, texts, ids, pointer);
  }

  int queueSize() {
    return (int) ids.getShape().get(1);
  }

  /** Earlier images and texts, [E, Q], and the ids of their pairs, [1, Q]. */
  List<NDArray> earlier() {
    return List.of(images.getArray(), texts.getArray(), ids.getArray());
  }

  /** Unit vectors [N, E] that the momentum image encoder gives, without gradients. */
  NDArray imageFeature(ParameterStore store, NDArray pixels) {
    return feature(store, vision, pixels);
  }

  /** Unit vectors [N, E] that the momentum text encoder gives, without gradients. */
  NDArray textFeature(ParameterStore store, NDArray tokens) {
    return feature(store, text, tokens);
  }

  private static NDArray feature(ParameterStore store, Encoder tower, NDArray input) {
    return Ops.inference(
        () -> Ops.get().unit(tower.forward(store, new NDList(input), false).head()));
  }

  /** Moves the copies towards the weights: {@code m copy + (1 - m) weight}, in place. */
  void follow(NDManager scope, double momentum) {
    TrainingOps.get().follow(scope, arrays(copies), arrays(originals), momentum);
  }

  private static List<NDArray> arrays(List<Parameter> parameters) {
    return parameters.stream().map(Parameter::getArray).toList();
  }

  /**
   * Puts the features of a batch in place of the oldest ones.
   *
   * @param pairs [N] or [N, 2] int64, what tells pairs apart; the queue has one number a pair
   */
  void enqueue(NDArray imageFeatures, NDArray textFeatures, NDArray pairs) {
    FlipOps.get()
        .enqueue(
            List.of(images.getArray(), texts.getArray(), ids.getArray(), pointer.getArray()),
            imageFeatures,
            textFeatures,
            pairs);
  }

  /** Nothing: its towers are asked one by one. */
  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    throw new UnsupportedOperationException("the towers are asked one by one");
  }
}
