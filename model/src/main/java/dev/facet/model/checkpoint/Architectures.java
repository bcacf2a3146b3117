package dev.facet.model.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.base.Printable;
import dev.facet.model.Architecture;
import dev.facet.model.ArchitectureFamily;
import dev.facet.model.ArchitectureFamily.AuthorsLayout;
import dev.facet.model.clip.ClipFamily;
import dev.facet.model.config.ConfigFile;
import dev.facet.model.config.OpenClipFile;
import dev.facet.model.flip.FlipFamily;
import dev.facet.model.siglip.SiglipFamily;
import dev.facet.model.tensors.ProblemLines;
import dev.facet.model.tensors.WeightFiles;
import dev.facet.model.vectors.PictureVectors;
import dev.facet.model.vectors.VectorConfig;
import dev.facet.model.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The architectures that can be opened: another one is another line here. */
final class Architectures {
  static final List<ArchitectureFamily> ALL =
      List.of(new ClipFamily(), new SiglipFamily(), new FlipFamily());

  /** What transformers' folders and Facet's own hold. */
  static final String CONFIG = "config.json";

  private Architectures() {}

  /** Reads the sizes of the model in a folder of any known layout. */
  static Architecture of(Path directory) throws IOException {
    Path file = configFile(directory);
    Optional<AuthorsLayout> authors = authorsLayout(directory);
    if (authors.isPresent() && authors.get().config().equals(file)) {
      try (Weights weights = WeightFiles.open(directory)) {
        return authors.get().sizes().read(weights);
      }
    }
    JsonNode json = Json.read(file, JsonNode.class);
    return file.endsWith(CONFIG)
        ? fromConfig(new ConfigFile(file.toString(), json))
        : fromOpenClip(file.toString(), json);
  }

  /** The file that describes the model in a folder. */
  static Path configFile(Path directory) {
    Path own = directory.resolve(CONFIG);
    if (Files.isRegularFile(own)) {
      return own;
    }
    Optional<AuthorsLayout> authors = authorsLayout(directory);
    if (authors.isPresent()) {
      return authors.get().config();
    }
    Path openClip = directory.resolve(OpenClipFile.FILE);
    if (Files.isRegularFile(openClip)) {
      return openClip;
    }
    throw FacetException.usage(
        "%s is not a model folder: it has no %s and no %s; give a checkpoint folder, such as RUN/checkpoints/best"
            .formatted(directory, CONFIG, OpenClipFile.FILE));
  }

  private static Optional<AuthorsLayout> authorsLayout(Path directory) {
    return ALL.stream().flatMap(each -> each.authorsLayout(directory).stream()).findFirst();
  }

  /**
   * Refuses a folder that lacks a tower which is wanted of it.
   *
   * @param images whether its image tower is
   * @param texts whether its text tower is
   */
  static void requireTowers(Path directory, boolean images, boolean texts) throws IOException {
    Path path = configFile(directory);
    if (!path.endsWith(CONFIG)) {
      return;
    }
    ConfigFile file = new ConfigFile(path.toString(), Json.read(path, JsonNode.class));
    boolean vectors = PictureVectors.in(file).isPresent();
    if (images && file.isTextAlone() && !vectors) {
      throw oneTower(directory, "a text", "model.init_text");
    }
    if (texts && file.isVisionAlone()) {
      throw oneTower(directory, "an image", "model.init_image");
    }
  }

  private static FacetException oneTower(Path directory, String which, String setting) {
    return FacetException.usage(
        "%s holds %s tower alone; name it in %s, and the other tower's folder beside it"
            .formatted(directory, which, setting));
  }

  /** Reads a {@code config.json}; one of an unknown architecture is refused by name. */
  static Architecture fromConfig(ConfigFile file) {
    Optional<PictureVectors> vectors = PictureVectors.in(file);
    if (vectors.isPresent()) {
      return new VectorConfig(ofFamily(file), vectors.get());
    }
    return ofFamily(file);
  }

  /** The model of a file; of one tower alone, the model that it is of. */
  private static Architecture ofFamily(ConfigFile given) {
    if (given.writtenBy().endsWith("ForImageClassification")) {
      throw FacetException.usage(
          ("%s is of a classification model (%s): classes stand in the place of its text tower;"
                  + " take the model that it was made of")
              .formatted(given.file(), Printable.of(given.writtenBy())));
    }
    ConfigFile file = given.whole();
    for (ArchitectureFamily family : ALL) {
      if (family.modelTypes().contains(file.modelType())) {
        return family.read(file);
      }
    }
    throw FacetException.usage(
        file.file()
            + ": model_type is "
            + Printable.of(file.modelType())
            + ", but only "
            + names()
            + " can be opened");
  }

  /**
   * Reads an {@code open_clip_config.json}.
   *
   * @throws FacetException usage, naming every setting that is not supported
   */
  static Architecture fromOpenClip(String file, JsonNode json) {
    OpenClipFile openClip = new OpenClipFile(file, json);
    Supplier<Architecture> sizes =
        ALL.stream()
            .flatMap(family -> family.readOpenClip(openClip).stream())
            .findFirst()
            .orElseThrow();
    List<String> problems = openClip.problems();
    if (!problems.isEmpty()) {
      throw FacetException.usage(
          "%s: of OpenCLIP's models, CLIP with a ViT and SigLIP can be opened; this one differs in\n  %s"
              .formatted(file, ProblemLines.of(problems)));
    }
    return sizes.get();
  }

  /** "clip, metaclip_2, siglip ... and flip": every name that is read. */
  private static String names() {
    List<String> names = ALL.stream().flatMap(each -> each.modelTypes().stream()).toList();
    int last = names.size() - 1;
    return String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }
}
