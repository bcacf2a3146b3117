package dev.facet.model.checkpoint;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.model.Architecture;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.adapt.AdapterFolder;
import dev.facet.model.layers.Encoder;
import dev.facet.model.layers.TextPositions;
import dev.facet.model.layers.VisionTower;
import dev.facet.model.tensors.FolderContent;
import dev.facet.model.tensors.NumberRounding;
import dev.facet.model.tensors.StoredWeight;
import dev.facet.model.tensors.WeightFiles;
import dev.facet.model.vectors.VectorConfig;
import dev.facet.model.weights.TensorType;
import dev.facet.model.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A model as a folder in Hugging Face's layout: {@code config.json} and {@code model.safetensors}
 * under the names other tools use. OpenCLIP's files are read too, see {@link OpenClipDirectory}.
 */
public final class ModelDirectory {
  public static final String CONFIG = Architectures.CONFIG;
  public static final String WEIGHTS = "model.safetensors";

  private ModelDirectory() {}

  /** Reads the sizes only, from {@code config.json}, else from FLIP's two files or OpenCLIP's. */
  public static Architecture config(Path directory) throws IOException {
    return Architectures.of(directory);
  }

  /**
   * Opens a model, by Hugging Face's names or OpenCLIP's. Weights that are missing, unknown or of
   * another shape are all named in one message.
   */
  public static DualEncoder open(Path directory, ModelOptions options) throws IOException {
    Architecture config = config(directory);
    Integer size = options.imageSize();
    return start(
        size == null ? config : config.withImageSize(size),
        InitialWeights.of(directory),
        options,
        note -> {});
  }

  /**
   * Makes a model that starts from other models' weights. Position embeddings of another image size
   * are resized; projections into a joint space of another width are drawn.
   *
   * @param note told what was drawn although a folder was to give it, what was ignored, and that
   *     position embeddings were resized
   */
  public static DualEncoder start(
      Architecture sizes, InitialWeights from, ModelOptions options, Consumer<String> note)
      throws IOException {
    DualEncoder model = DualEncoder.declare(sizes, options);
    try {
      Map<Path, List<Parameter>> parts = from.parts(model);
      for (Map.Entry<Path, List<Parameter>> part : parts.entrySet()) {
        fill(model, part.getKey(), part.getValue(), from.strict(), note);
      }
      if (!parts.isEmpty()) {
        model.towers().forEach(Encoder::noteDrawn);
      }
      model.initialize();
      return model;
    } catch (IOException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private static void fill(
      DualEncoder model,
      Path directory,
      List<Parameter> wanted,
      boolean strict,
      Consumer<String> note)
      throws IOException {
    List<Parameter> newHeads = new ArrayList<>();
    Architecture own = config(directory);
    if (own.embedDim() != model.config().embedDim()) {
      newHeads.addAll(model.jointWeights());
    }
    boolean vectors = model.config() instanceof VectorConfig;
    boolean alike = own instanceof VectorConfig == vectors;
    if (vectors && !alike) {
      wanted.removeAll(model.vision().getParameters().values()); // no such folder has them
    }
    // Weights of an image tower are of no use to a model that learns from stored vectors.
    boolean whole = alike && wanted.size() == model.getParameters().size();
    Set<String> names = wanted.stream().map(Parameter::getName).collect(Collectors.toSet());
    requireTowers(directory, wants(model.imageTowers(), names), wants(model.textTowers(), names));
    try (Weights weights = WeightFiles.open(directory)) {
      WeightNames naming = WeightNames.of(own, weights);
      Map<String, StoredWeight> incoming = naming.incoming(weights);
      model.imageTowers().stream()
          .filter(VisionTower.class::isInstance)
          .map(VisionTower.class::cast)
          .filter(tower -> names.contains(tower.positionName()))
          .flatMap(tower -> PositionResizing.fit(tower, own, model.config(), incoming).stream())
          .distinct()
          .forEach(done -> note.accept(directory + ": " + done));
      model.textTowers().stream()
          .filter(TextPositions.class::isInstance)
          .map(TextPositions.class::cast)
          .filter(tower -> names.contains(tower.positionName()))
          .flatMap(tower -> PositionStretching.fit(tower, own, model.config(), incoming).stream())
          .distinct()
          .forEach(done -> note.accept(directory + ": " + done));
      WeightLoading fitting = new WeightLoading(model, wanted, incoming);
      Collection<String> problems = fitting.without(newHeads, note).compare(naming, whole);
      if (!strict) {
        fitting.tell(directory, note);
      } else if (!problems.isEmpty()) {
        throw WeightMismatches.refusal(Architectures.configFile(directory), own, weights, problems);
      }
      fitting.fill();
    }
  }

  private static boolean wants(List<? extends Encoder> towers, Set<String> names) {
    return towers.stream()
        .flatMap(tower -> tower.getParameters().values().stream())
        .anyMatch(each -> names.contains(each.getName()));
  }

  /**
   * Refuses a folder of one tower alone, as {@code CLIPVisionModelWithProjection} writes it, where
   * the other is wanted of it.
   */
  public static void requireTowers(Path directory, boolean images, boolean texts)
      throws IOException {
    Architectures.requireTowers(directory, images, texts);
  }

  /**
   * Writes config and weights into an existing folder. Adapters are part of the weights, and beside
   * them as well; see {@link AdapterFolder}.
   */
  public static void write(DualEncoder model, Path directory) throws IOException {
    write(model, TensorType.F32, directory);
  }

  /** As {@link #write}, with weights of 16 bits, F16 or BF16, each rounded to the nearest. */
  public static void write(DualEncoder model, TensorType type, Path directory) throws IOException {
    try (NDManager scope = model.manager().newSubManager()) {
      content(scope, model, type).write(directory);
    }
  }

  /**
   * What {@link #write} writes.
   *
   * @param scope lives until that was done; it owns sums of weights and adapters
   */
  public static FolderContent content(NDManager scope, DualEncoder model, TensorType type)
      throws IOException {
    ObjectNode config = model.config().toJson();
    config.put("torch_dtype", NumberRounding.torchName(type));
    FolderContent content =
        new FolderContent()
            .text(CONFIG, Json.PRETTY.writeValueAsString(config) + "\n")
            // Some readers look for this before they trust the layout.
            .arrays(WEIGHTS, model.merged(scope), type, Map.of("format", "pt"));
    AdapterFolder.add(model, content);
    return content;
  }
}
