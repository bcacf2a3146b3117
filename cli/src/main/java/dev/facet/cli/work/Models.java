package dev.facet.cli.work;

import dev.facet.augment.resample.Interpolation;
import dev.facet.augment.resample.ResizeMode;
import dev.facet.base.FacetException;
import dev.facet.cli.config.Config;
import dev.facet.cli.settings.EvalConfig;
import dev.facet.cli.settings.ModelConfig;
import dev.facet.cli.work.Sizes.Tokens;
import dev.facet.model.Architecture;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.adapt.Adaptation;
import dev.facet.model.adapt.Adapting;
import dev.facet.model.adapt.TrainingSize;
import dev.facet.model.checkpoint.InitialWeights;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.ops.Precision;
import dev.facet.model.pictures.Preprocessing;
import dev.facet.model.pictures.Resizing;
import dev.facet.model.text.CaptionCleanup;
import dev.facet.model.text.CaptionTokenizer;
import dev.facet.model.text.TokenizerFiles;
import dev.facet.model.vectors.VectorConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the model of a run: from checkpoints, or a preset with random weights. */
final class Models {
  private Models() {}

  /** What captions go through before they are cut into tokens. */
  static CaptionCleanup cleanup(ModelConfig model, TokenizerFiles tokenizer) throws IOException {
    Path texts = model.texts();
    // What no folder gives is a preset, and those are CLIPs.
    CaptionCleanup usual =
        texts == null
            ? tokenizer.cleanup(CaptionCleanup.WEB)
            : ModelDirectory.config(texts).captionCleanup(tokenizer);
    return model.captionCleanup().or(usual);
  }

  /**
   * The model of a run, with what is not to learn frozen.
   *
   * @param replica number of this copy of it, from 0
   * @param note told what was drawn although a folder was to give it, and what was ignored
   */
  static DualEncoder create(
      Config config, Seen seen, CaptionTokenizer tokenizer, int replica, Consumer<String> note)
      throws IOException {
    ModelConfig model = config.model();
    Architecture sizes = Sizes.of(model, Tokens.of(tokenizer), seen);
    requireIds(tokenizer, sizes.vocabSize());
    Path texts = model.texts();
    if (texts != null) {
      requireTokens(tokenizer, sizes, texts);
    }
    InitialWeights from =
        new InitialWeights(model.init(), model.initImage(), model.initText(), model.strict());
    DualEncoder made = ModelDirectory.start(sizes, from, options(config).ofReplica(replica), note);
    try {
      // Told here, as it may be that the model cannot be trained so.
      made.objective(config.train().objective(), config.train().loss(), null).prepare();
      Double logitScale = config.train().logitScale();
      if (logitScale != null) {
        made.startLogitScale(logitScale);
      }
      Adapting.apply(made, model.adaptation());
      return made;
    } catch (RuntimeException e) {
      made.close();
      throw e;
    }
  }

  /**
   * How large the training of a run's model is, told without reading its weights; holds its
   * tokenizer, its adapters and what is frozen against it on the way.
   */
  static TrainingSize size(Config config, Seen seen) throws IOException {
    ModelConfig model = config.model();
    Architecture sizes;
    try (CaptionTokenizer tokenizer = Vocabulary.given(model)) {
      if (tokenizer == null) {
        sizes = Sizes.of(model, Tokens.most(model), seen);
      } else {
        sizes = Sizes.of(model, Tokens.of(tokenizer), seen);
        requireIds(tokenizer, sizes.vocabSize());
        Path texts = model.texts();
        if (texts != null) {
          requireTokens(tokenizer, sizes, texts);
        }
      }
    }
    return TrainingSize.of(sizes, options(config), model.adaptation(), config.train().groups());
  }

  /** How many weights the model in a folder has, told without reading them. */
  static long weights(Path folder) throws IOException {
    ModelOptions options = ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32);
    Adaptation asItIs = new Adaptation(List.of(), false, false, null);
    return TrainingSize.of(ModelDirectory.config(folder), options, asItIs, List.of()).weights();
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
    return asAsked(config.eval(), wanted(folder)).sized(Sizes.imageSize(config.model(), folder));
  }

  /** A checkpoint to score, at the image size that the config asks for. */
  static DualEncoder open(ModelConfig model, Path folder) throws IOException {
    boolean sees = !(ModelDirectory.config(folder) instanceof VectorConfig);
    Integer side = sees ? Sizes.imageSize(model, folder) : null;
    return ModelDirectory.open(
        folder, new ModelOptions(model.device(), model.precision(), side, false, 0, 0));
  }

  /**
   * Says where a checkpoint's pictures were resized otherwise than this config does it.
   *
   * @return one line, null if there is nothing to say
   */
  static @Nullable String otherResizing(Config config, @Nullable Path folder) throws IOException {
    if (folder == null || ModelDirectory.config(folder) instanceof VectorConfig) {
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
                },
            own.resizing().cut()));
  }

  private static Preprocessing wanted(ModelConfig model) throws IOException {
    Path images = model.images();
    if (images == null) {
      return Preprocessing.clip(Sizes.or(model.imageSize(), model.preset().imageSize()));
    }
    Preprocessing own = wanted(images);
    // A run's checkpoints are Hugging Face's folders, whose processor cuts in its own way.
    return own.resized(own.resizing().cut(Resizing.Cut.HUGGING_FACE))
        .sized(Sizes.imageSize(model, images));
  }

  private static Preprocessing wanted(Path folder) throws IOException {
    return Preprocessing.of(folder, ModelDirectory.config(folder).usualPictures());
  }

  /** A tokenizer that gives ids which the weights do not have would read past their table. */
  private static void requireIds(CaptionTokenizer tokenizer, int vocabSize) {
    for (long id : tokenizer.ownTokens()) {
      if (id < 0 || id >= vocabSize) {
        throw FacetException.usage(
            String.format(
                Locale.ROOT,
                "%s puts id %d around captions or fills them up with it, but the model has ids from"
                    + " 0 to %d only; correct the file (padding.pad_id, post_processor), or take"
                    + " the one that belongs to the model",
                tokenizer.file(),
                id,
                vocabSize - 1));
      }
    }
  }

  /** The same, and tokens must be those that the weights were trained with. */
  static void requireTokens(CaptionTokenizer tokenizer, Architecture sizes, Path folder) {
    if (tokenizer.vocabularySize() > sizes.vocabSize()) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "%s has %d ids, but the model in %s only %d: it belongs to another model",
              tokenizer.file(),
              tokenizer.vocabularySize(),
              folder,
              sizes.vocabSize()));
    }
    requireIds(tokenizer, sizes.vocabSize());
    sizes.requireTokens(tokenizer, folder);
  }

  private static ModelOptions options(Config config) {
    ModelConfig model = config.model();
    return new ModelOptions(
        model.device(),
        model.precision(),
        null,
        model.gradientCheckpointing(),
        model.patchDropout(),
        config.seed());
  }
}
