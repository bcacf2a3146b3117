package dev.facet.cli.config;

import dev.facet.cli.settings.DataConfig;
import dev.facet.cli.settings.ModelConfig;
import dev.facet.cli.settings.VectorsConfig;
import dev.facet.loader.data.Format;
import dev.facet.loader.data.HoldoutBy;
import dev.facet.model.training.ObjectiveKind;
import java.util.List;
import java.util.function.BiConsumer;

/** What does not go with stored vectors in the pictures' places, and what has no sense without. */
final class VectorChecks {
  private static final VectorsConfig USUAL = Config.defaults().model().vectors();

  private VectorChecks() {}

  static void check(Config config, BiConsumer<List<String>, String> sink) {
    if (config.data().pictures() == DataConfig.Pictures.VECTORS) {
      data(config.data(), sink);
      model(config.model(), sink);
      if (config.train().objective() == ObjectiveKind.FLIP) {
        refuse("train.objective", "flip reads pictures and captions together", sink);
      }
      if (config.train().teacher() != null) {
        refuse("train.teacher", "a teacher sees pictures", sink);
      }
      return;
    }
    if (!config.model().vectors().equals(USUAL)) {
      sink.accept(
          List.of("model.vectors", "data.pictures"),
          "model.vectors has no effect on pictures: set data.pictures to vectors, or leave it out");
    }
    if (config.data().columns().embedding() != null) {
      sink.accept(
          List.of("data.columns.embedding", "data.pictures"),
          "data.columns.embedding is not read where data.pictures is images: set that to vectors, or"
              + " leave the column out");
    }
  }

  private static void data(DataConfig data, BiConsumer<List<String>, String> sink) {
    if (data.format() != Format.AUTO && data.format() != Format.PARQUET) {
      refuse("data.format", "vectors are read from Parquet alone", sink);
    }
    if (data.synthPictures() > 0) {
      refuse("data.synth_pictures", "what is drawn are pictures", sink);
    }
    if (data.holdoutBy() == HoldoutBy.CONTENT) {
      refuse("data.holdout_by", "content is hashed of pictures alone", sink);
    }
  }

  private static void model(ModelConfig model, BiConsumer<List<String>, String> sink) {
    String none = "there is no image tower";
    if (model.initImage() != null) {
      refuse("model.init_image", none, sink);
    }
    if (model.lockImageTower()) {
      refuse("model.lock_image_tower", none, sink);
    }
    if (model.patchDropout() > 0) {
      refuse("model.patch_dropout", none, sink);
    }
    if (model.imageSize() != null) {
      refuse("model.image_size", none, sink);
    }
    if (model.patchSize() != null) {
      refuse("model.patch_size", none, sink);
    }
  }

  private static void refuse(String key, String why, BiConsumer<List<String>, String> sink) {
    sink.accept(
        List.of(key, "data.pictures"),
        key + " does not go with data.pictures vectors, as " + why + ": leave it out");
  }
}
