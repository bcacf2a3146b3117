package dev.facet.cli.work;

import dev.facet.augment.Interpolation;
import dev.facet.augment.ResizeMode;
import dev.facet.base.FacetException;
import dev.facet.cli.config.Config;
import dev.facet.cli.config.EvalConfig;
import dev.facet.cli.config.ModelConfig;
import dev.facet.model.Architecture;
import dev.facet.model.ClipConfig;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelDirectory;
import dev.facet.model.ModelOptions;
import dev.facet.model.ModelPreset;
import dev.facet.model.Preprocessing;
import dev.facet.model.Resizing;
import dev.facet.model.text.CaptionCleanup;
import dev.facet.model.text.CaptionTokenizer;
import dev.facet.model.text.TokenizerFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes the model of a run: from a checkpoint, or a preset with random weights. */
final class Models {
  /** What all presets are. */
  private static final String PRESETS = "clip";

  private Models() {}

  /** Tokens per caption. */
  static int contextLength(ModelConfig model) throws IOException {
    if (model.init() != null) {
      return ModelDirectory.config(model.init()).contextLength();
    }
    return or(model.contextLength(), model.preset().contextLength());
  }

  /** What captions go through before they are cut into tokens. */
  static CaptionCleanup cleanup(ModelConfig model, TokenizerFiles tokenizer) throws IOException {
    Path init = model.init();
    return model
        .captionCleanup()
        .or(tokenizer.cleanup(init == null ? PRESETS : ModelDirectory.config(init).type()));
  }

  static DualEncoder create(Config config, CaptionTokenizer tokenizer) throws IOException {
    ModelConfig model = config.model();
    Path init = model.init();
    if (init != null) {
      Architecture sizes = ModelDirectory.config(init);
      requireSize(model, sizes);
      requireTokens(tokenizer, sizes, init);
      return ModelDirectory.open(init, options(config));
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
    return DualEncoder.random(sizes, options(config));
  }

  /**
   * How the pictures of a run are prepared: as the initial weights want them, else the config's
   * size and CLIP's ways; resized otherwise where the config says so. Needs no weights.
   */
  static Preprocessing preprocessing(Config config) throws IOException {
    return asAsked(config.eval(), wanted(config.model()));
  }

  /** As {@link #preprocessing}, of a checkpoint that is scored. */
  static Preprocessing preprocessing(Config config, Path folder) throws IOException {
    return asAsked(config.eval(), wanted(folder));
  }

  /**
   * Says where a checkpoint's pictures were resized otherwise than this config does it.
   *
   * @return one line, null if there is nothing to say
   */
  static @Nullable String otherResizing(Config config, @Nullable Path folder) throws IOException {
    if (folder == null) {
      return null;
    }
    Preprocessing own = wanted(folder);
    Resizing here = asAsked(config.eval(), own).resizing();
    return own.resizing().equals(here)
        ? null
        : "warning: the model in %s wants %s, but this config resizes by %s: see eval.resize_mode and eval.interpolation"
            .formatted(folder, own.resizing(), here);
  }

  private static Preprocessing asAsked(EvalConfig eval, Preprocessing own) {
    ResizeMode mode = eval.resizeMode();
    Interpolation filter = eval.interpolation();
    return own.resized(
        new Resizing(
            mode == null ? own.resizing().squash() : mode == ResizeMode.SQUASH,
            filter == null
                ? own.resizing().filter()
                : switch (filter) {
                  case BICUBIC -> Resizing.BICUBIC;
                  case BILINEAR -> Resizing.BILINEAR;
                }));
  }

  private static Preprocessing wanted(ModelConfig model) throws IOException {
    Path init = model.init();
    if (init == null) {
      return Preprocessing.clip(or(model.imageSize(), model.preset().imageSize()));
    }
    requireSize(model, ModelDirectory.config(init));
    return wanted(init).sized(or(model.imageSize(), ModelDirectory.config(init).imageSize()));
  }

  private static Preprocessing wanted(Path folder) throws IOException {
    return Preprocessing.of(folder, ModelDirectory.config(folder));
  }

  /** A tokenizer that gives ids which the weights do not have would read past their table. */
  static void requireTokens(CaptionTokenizer tokenizer, Architecture sizes, Path folder) {
    if (tokenizer.vocabularySize() > sizes.vocabSize()) {
      throw FacetException.usage(
          "%s has %d ids, but the model in %s only %d: it belongs to another model"
              .formatted(tokenizer.file(), tokenizer.vocabularySize(), folder, sizes.vocabSize()));
    }
    if (sizes instanceof ClipConfig clip && tokenizer.endToken() != clip.eosToken()) {
      throw FacetException.usage(
          "%s ends captions with id %d, but the model in %s reads them at id %d: it belongs to another model"
              .formatted(tokenizer.file(), tokenizer.endToken(), folder, clip.eosToken()));
    }
  }

  /** Another image size than the weights' own is possible where patches still fit. */
  private static void requireSize(ModelConfig model, Architecture sizes) {
    Integer asked = model.imageSize();
    if (asked != null && asked % sizes.patchSize() != 0) {
      throw FacetException.usage(
          "model.image_size is %d, but the weights in %s see patches of %d pixels; %d would fit"
              .formatted(
                  asked,
                  model.init(),
                  sizes.patchSize(),
                  Math.max(1, asked / sizes.patchSize()) * sizes.patchSize()));
    }
  }

  private static ModelOptions options(Config config) {
    ModelConfig model = config.model();
    return new ModelOptions(
        model.device(),
        model.precision(),
        model.init() == null ? null : model.imageSize(),
        model.gradientCheckpointing(),
        model.patchDropout(),
        config.seed());
  }

  private static int or(@Nullable Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }
}
