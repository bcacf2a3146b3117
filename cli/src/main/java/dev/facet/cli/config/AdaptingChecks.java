package dev.facet.cli.config;

import dev.facet.cli.settings.LoraConfig;
import dev.facet.cli.settings.ModelConfig;
import java.util.List;
import java.util.function.BiConsumer;

/** Which ways to adapt a checkpoint do not go together. */
final class AdaptingChecks {
  private static final LoraConfig USUAL = Config.defaults().model().lora();

  private AdaptingChecks() {}

  static void check(ModelConfig model, BiConsumer<List<String>, String> sink) {
    if (model.lockImageTower() && model.images() == null) {
      sink.accept(
          List.of("model.lock_image_tower"),
          "model.lock_image_tower keeps weights as they are, but these would be random: name a"
              + " checkpoint in model.init or model.init_image");
    }
    if (model.lockTextTower() && model.texts() == null) {
      sink.accept(
          List.of("model.lock_text_tower"),
          "model.lock_text_tower keeps weights as they are, but these would be random: name a"
              + " checkpoint in model.init or model.init_text");
    }
    if (model.lockImageTower() && model.lockTextTower()) {
      sink.accept(
          List.of("model.lock_text_tower", "model.lock_image_tower"),
          "model.lock_image_tower and model.lock_text_tower leave nothing to train: unlock one");
    }
    if (model.lockImageTower() && model.patchDropout() > 0) {
      sink.accept(
          List.of("model.patch_dropout", "model.lock_image_tower"),
          "model.patch_dropout has no effect on a locked image tower; leave one of the two out");
    }
    lora(model, sink);
  }

  private static void lora(ModelConfig model, BiConsumer<List<String>, String> sink) {
    if (model.lora().rank() == 0) {
      idle("alpha", model.lora().alpha(), USUAL.alpha(), sink);
      idle("dropout", model.lora().dropout(), USUAL.dropout(), sink);
      idle("targets", model.lora().targets(), USUAL.targets(), sink);
      idle("train", model.lora().train(), USUAL.train(), sink);
      return;
    }
    if (model.images() == null || model.texts() == null) {
      sink.accept(
          List.of("model.lora.rank"),
          "model.lora adapts weights that stay as they are, but some of these would be random: name"
              + " a checkpoint in model.init, or one each in model.init_image and model.init_text");
    }
    if (!model.freeze().isEmpty()) {
      sink.accept(
          List.of("model.freeze", "model.lora.rank"),
          "model.freeze has no effect with LoRA, which freezes all weights but those of"
              + " model.lora.train; leave it out");
    }
    if (model.lora().targets().isEmpty()) {
      sink.accept(
          List.of("model.lora.targets"),
          "model.lora.targets is empty: name linear maps, such as \"*.q_proj\", or set"
              + " model.lora.rank to 0");
    }
  }

  /** Who sets these means LoRA, and would train all weights instead. */
  private static void idle(
      String name, Object asked, Object usual, BiConsumer<List<String>, String> sink) {
    if (!asked.equals(usual)) {
      String key = "model.lora." + name;
      sink.accept(
          List.of(key, "model.lora.rank"),
          key
              + " has no effect without LoRA: set model.lora.rank, such as 8; without LoRA,"
              + " model.freeze says what does not learn");
    }
  }
}
