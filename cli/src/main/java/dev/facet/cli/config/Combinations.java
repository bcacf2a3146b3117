package dev.facet.cli.config;

import dev.facet.base.FacetException;
import dev.facet.cli.settings.DataConfig;
import dev.facet.cli.settings.ModelConfig;
import dev.facet.loader.data.CaptionSettings.Sampling;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Holdout;
import dev.facet.model.training.ObjectiveKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Settings that are right one by one and impossible together. */
final class Combinations {
  /** What a config is read for; each use checks what the one before it does. */
  enum Use {
    SETTINGS,
    DATA,
    TRAINING
  }

  private Combinations() {}

  /**
   * All that matters for a use.
   *
   * @param sink gets the settings concerned, the one to blame first, and what to do
   */
  static void check(Config config, Use use, BiConsumer<List<String>, String> sink) {
    model(config.model(), sink);
    VectorChecks.check(config, sink);
    augment(config, sink);
    if (use.compareTo(Use.DATA) >= 0) {
      data(config.data(), sink);
      EvalSetChecks.check(config, sink);
    }
    if (use == Use.TRAINING) {
      training(config, sink);
    }
  }

  /** What concerns training alone. */
  private static void training(Config config, BiConsumer<List<String>, String> sink) {
    if (config.eval().sets().isEmpty()) {
      splits(config.data(), sink);
    }
    LossChecks.check(config.train(), sink);
    ScheduleChecks.check(config.train(), sink);
    TrackingChecks.check(config.train().tracking(), sink);
    if (config.train().objective() == ObjectiveKind.FLIP) {
      flip(config.model(), sink);
    }
    if (config.data().synthPictures() > 0 && config.data().mixture().isEmpty()) {
      batches(config, sink);
    }
  }

  /** Data comes from one place or several, and from somewhere. */
  private static void data(DataConfig data, BiConsumer<List<String>, String> sink) {
    boolean mixed = !data.mixture().isEmpty();
    if (data.root() == null && !mixed) {
      sink.accept(
          List.of("data.root", "data.mixture"),
          "no data is named: write data.root into the config or add --set data.root=..."
              + " (several data sets at once go into data.mixture)");
    }
    if (data.root() != null && mixed) {
      sink.accept(
          List.of("data.mixture", "data.root"),
          "data.mixture and data.root ("
              + data.root()
              + ") are both given: make the root an entry of the mixture, or leave one of the two"
              + " out");
    }
    if (data.synthPictures() > 0 && mixed) {
      sink.accept(
          List.of("data.synth_pictures", "data.mixture"),
          "data.synth_pictures are drawn into data.root, which a mixture does not have: draw them"
              + " with \"facet synth\" and make that folder an entry of data.mixture");
    }
    if (data.storedTokens() && data.captions().captionSampling() != Sampling.WHOLE) {
      sink.accept(
          List.of("data.stored_tokens", "data.caption_sampling"),
          "data.stored_tokens keeps the tokens of whole captions, and data.caption_sampling draws"
              + " parts of them: leave one of the two out");
    }
    holdout(data, sink);
  }

  /** What is held out leaves something to train on, and gets names of its own. */
  private static void holdout(DataConfig data, BiConsumer<List<String>, String> sink) {
    for (Holdout holdout : data.sources().stream().map(DataSource::holdout).distinct().toList()) {
      if (holdout.validation() + holdout.test() >= 1) {
        sink.accept(
            List.of("data.holdout", "data.holdout_test"),
            "data.holdout "
                + holdout.validation()
                + " and data.holdout_test "
                + holdout.test()
                + " leave nothing to train on; together they must be below 1");
      }
      if (holdout.makes(data.trainSplit())) {
        sink.accept(
            List.of("data.train_split", "data.holdout"),
            "data.train_split is "
                + data.trainSplit()
                + ", which is also what the rows are called that data.holdout holds out of it; hold"
                + " out of another split");
      }
    }
  }

  /** Operations that cannot stand in this order. */
  private static void augment(Config config, BiConsumer<List<String>, String> sink) {
    try {
      config.augmentation();
    } catch (FacetException e) {
      sink.accept(List.of("augment"), String.valueOf(e.getMessage()));
    }
  }

  /** FLIP's own training starts from FLIP's weights, and reads pictures and captions together. */
  private static void flip(ModelConfig model, BiConsumer<List<String>, String> sink) {
    if (model.init() == null) {
      sink.accept(
          List.of("train.objective", "model.init"),
          "train.objective flip trains FLIP, which no model.preset is: name its checkpoint folder in"
              + " model.init");
    }
    if (model.lora().rank() > 0) {
      sink.accept(
          List.of("model.lora.rank", "train.objective"),
          "model.lora does not go with train.objective flip, whose slow copies follow the weights"
              + " themselves, which LoRA leaves as they are: set model.lora.rank to 0, or"
              + " train.objective to contrastive");
    }
    if (model.gradientCheckpointing()) {
      sink.accept(
          List.of("model.gradient_checkpointing", "train.objective"),
          "model.gradient_checkpointing serves train.objective contrastive only: leave one of the"
              + " two out");
    }
  }

  private static void splits(DataConfig data, BiConsumer<List<String>, String> sink) {
    if (data.trainSplit().equals(data.evalSplit())) {
      sink.accept(
          List.of("data.eval_split", "data.train_split"),
          "data.eval_split is "
              + data.evalSplit()
              + ", the split that is trained on: recall must be measured on held-out pictures;"
              + " name another split (\"facet eval --split "
              + data.evalSplit()
              + "\" scores this one)");
    }
  }

  /** What no model can be. */
  private static void model(ModelConfig model, BiConsumer<List<String>, String> sink) {
    Integer image = model.imageSize();
    Integer patch = model.patchSize();
    if (model.images() == null && image != null && patch != null && image % patch != 0) {
      sink.accept(
          List.of("model.patch_size", "model.image_size"),
          "model.patch_size "
              + patch
              + " does not divide model.image_size "
              + image
              + "; nearest image sizes that fit: "
              + nearestMultiples(image, patch));
    }
    if (model.images() != null && patch != null) {
      sink.accept(
          List.of("model.patch_size"),
          "model.patch_size cannot differ from the weights of "
              + (model.initImage() == null ? "model.init" : "model.init_image")
              + "; leave it out");
    }
    AdaptingChecks.check(model, sink);
  }

  private static String nearestMultiples(int image, int patch) {
    int below = image / patch * patch;
    List<String> sizes = new ArrayList<>();
    if (below > 0) {
      sizes.add(Integer.toString(below));
    }
    sizes.add(Integer.toString(below + patch));
    return String.join(" and ", sizes);
  }

  /** Only for built-in pictures is the number of steps known before data is opened. */
  private static void batches(Config config, BiConsumer<List<String>, String> sink) {
    DataConfig data = config.data();
    if (data.drawnToTest() < 1) {
      sink.accept(
          List.of("data.synth_test", "data.synth_pictures"),
          "data.synth_test "
              + data.synthTest()
              + " of "
              + data.synthPictures()
              + " pictures leaves none to evaluate on; raise one of the two");
    }
    StepCount.check(config.train(), data.drawnToTrainOn(), sink);
  }
}
