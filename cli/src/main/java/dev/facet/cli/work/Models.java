package dev.facet.cli.work;

import dev.facet.base.FacetException;
import dev.facet.cli.config.Config;
import dev.facet.cli.config.ModelConfig;
import dev.facet.model.ClipConfig;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelDirectory;
import dev.facet.model.ModelPreset;
import dev.facet.model.Preprocessing;
import dev.facet.model.text.CaptionTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes the model of a run: from a checkpoint, or a preset with random weights. */
final class Models {
  private Models() {}

  /** Tokens per caption. */
  static int contextLength(ModelConfig model) throws IOException {
    if (model.init() != null) {
      return ModelDirectory.config(model.init()).contextLength();
    }
    return or(model.contextLength(), model.preset().contextLength());
  }

  static DualEncoder create(Config config, CaptionTokenizer tokenizer) throws IOException {
    ModelConfig model = config.model();
    Path init = model.init();
    if (init != null) {
      ClipConfig sizes = ModelDirectory.config(init);
      requireSize(model, sizes);
      requireTokens(tokenizer, sizes, init);
      return ModelDirectory.open(init, model.device(), model.precision());
    }
    ModelPreset preset = model.preset();
    int image = or(model.imageSize(), preset.imageSize());
    int patch = or(model.patchSize(), preset.patchSize());
    if (image % patch != 0) {
      throw FacetException.usage(
          "model.patch_size %d does not divide model.image_size %d; an image size of %d would fit"
              .formatted(patch, image, image / patch * patch));
    }
    ClipConfig sizes =
        preset.config(
            image,
            patch,
            contextLength(model),
            tokenizer.vocabularySize(),
            tokenizer.startToken(),
            tokenizer.endToken());
    return DualEncoder.random(sizes, model.device(), model.precision(), config.seed());
  }

  /** How the pictures of a run are prepared. */
  static Preprocessing preprocessing(Config config, DualEncoder model) throws IOException {
    int size = model.config().imageSize();
    Path init = config.model().init();
    return init == null ? Preprocessing.clip(size) : Preprocessing.of(init, size);
  }

  /** A tokenizer that gives ids which the weights do not have would read past their table. */
  static void requireTokens(CaptionTokenizer tokenizer, ClipConfig sizes, Path folder) {
    if (tokenizer.endToken() != sizes.eosToken() || tokenizer.endToken() >= sizes.vocabSize()) {
      throw FacetException.usage(
          "%s ends captions with id %d, but the model in %s reads them at id %d of %d: it belongs to another model"
              .formatted(
                  tokenizer.file(),
                  tokenizer.endToken(),
                  folder,
                  sizes.eosToken(),
                  sizes.vocabSize()));
    }
  }

  private static void requireSize(ModelConfig model, ClipConfig sizes) {
    Integer asked = model.imageSize();
    if (asked != null && asked != sizes.imageSize()) {
      throw FacetException.usage(
          "model.image_size is %d, but the weights in %s are for %d; leave it out"
              .formatted(asked, model.init(), sizes.imageSize()));
    }
  }

  private static int or(@Nullable Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }
}
