package dev.facet.cli.work;

import dev.facet.cli.config.Config;
import dev.facet.cli.settings.ModelConfig;
import dev.facet.cli.settings.RunConfig;
import dev.facet.eval.report.EvalSource;
import dev.facet.eval.report.ReportTable;
import dev.facet.model.Architecture;
import dev.facet.model.DualEncoder;
import dev.facet.model.training.LossSettings;
import dev.facet.model.training.ObjectiveKind;
import dev.facet.train.schedule.RunLength;
import dev.facet.train.schedule.ScheduleSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a report says of the settings behind its figures: those that had an effect, and no other.
 * How the weights were trained is told by the config that their checkpoint holds; weights from
 * elsewhere hold none, and nothing is said.
 */
final class InEffect {
  private InEffect() {}

  /** The config that a checkpoint was trained with, null for a model from elsewhere. */
  static @Nullable Config trained(Path checkpoint) {
    Path saved = checkpoint.resolve(RunConfig.CONFIG_FILE);
    return Files.exists(saved) ? Config.load(saved, List.of()) : null;
  }

  /**
   * The tables of a report.
   *
   * @param config of the evaluation
   * @param trained of the training, null where nothing is known of it
   * @param model of the size and on the device that was scored
   */
  static List<ReportTable> tables(
      Config config, @Nullable Config trained, DualEncoder model, Seen seen, EvalSource source)
      throws IOException {
    List<ReportTable> tables = new ArrayList<>();
    tables.add(new ReportTable("Model", model(config, model, source)));
    tables.add(new ReportTable("Evaluation", evaluation(config, seen, source)));
    if (trained != null) {
      tables.add(new ReportTable("Training", training(trained, source.step())));
    }
    tables.add(new ReportTable("Made with", versions(config, model)));
    return tables;
  }

  private static SequencedMap<String, String> model(
      Config config, DualEncoder model, EvalSource source) {
    Architecture sizes = model.config();
    SequencedMap<String, String> rows = new LinkedHashMap<>();
    rows.put("checkpoint", source.checkpoint());
    rows.put("architecture", sizes.type());
    rows.put("weights", count(model.size()));
    rows.put("pictures", sizes.seen());
    rows.put(
        "captions",
        "%s tokens, vocabulary of %s"
            .formatted(count(sizes.contextLength()), count(sizes.vocabSize())));
    rows.put("joint space", count(sizes.embedDim()) + " dimensions");
    rows.put("precision", config.values().get("model.precision"));
    return rows;
  }

  private static SequencedMap<String, String> evaluation(
      Config config, Seen seen, EvalSource source) {
    Map<String, String> values = config.values();
    SequencedMap<String, String> rows = new LinkedHashMap<>();
    rows.put("data", source.dataset() + ", split " + source.split());
    rows.put("pictures", seen.prepared(config));
    rows.put("identical captions", values.get("eval.identical_captions"));
    rows.put("ties", values.get("eval.ties"));
    return rows;
  }

  private static SequencedMap<String, String> training(Config config, long step)
      throws IOException {
    Map<String, String> values = config.values();
    ModelConfig model = config.model();
    SequencedMap<String, String> rows = new LinkedHashMap<>();
    rows.put("data", config.data().name() + ", split " + config.data().trainSplit());
    where(config.data().holdout() > 0, rows, "share held out", values, "data.holdout");
    rows.put("start", start(model));
    rows.put("steps", count(step));
    rows.put("global batch", values.get("train.batch"));
    where(config.train().replicas() > 1, rows, "replicas", values, "train.replicas");
    where(config.train().parts() > 1, rows, "pairs at once", values, "train.micro_batch");
    RunLength length = config.train().length();
    rows.put(length.setting().replace("train.", "").replace('_', ' '), count(length.value()));
    rows.put("objective", values.get("train.objective"));
    if (config.train().objective() == ObjectiveKind.CONTRASTIVE) {
      LossSettings loss = config.train().loss();
      rows.put("duplicates in a batch", values.get("train.duplicates"));
      where(loss.labelSmoothing() > 0, rows, "label smoothing", values, "train.label_smoothing");
      where(config.train().teacher() != null, rows, "teacher", values, "train.teacher");
      where(
          config.train().teacher() != null,
          rows,
          "share of the teacher",
          values,
          "train.distillation");
    }
    where(
        config.train().logitScale() != null,
        rows,
        "logit scale at first",
        values,
        "train.logit_scale");
    rows.put(
        "optimizer",
        "AdamW, betas %s and %s, eps %s, weight decay %s"
            .formatted(
                values.get("train.beta1"),
                values.get("train.beta2"),
                values.get("train.eps"),
                values.get("train.weight_decay")));
    rows.put("learning rate", values.get("train.lr") + " after " + schedule(config, values));
    where(!config.train().groups().isEmpty(), rows, "groups", values, "train.groups");
    where(config.train().ema() > 0, rows, "average of the weights", values, "train.ema");
    where(config.train().clipNorm() > 0, rows, "gradients clipped to", values, "train.clip_norm");
    where(config.train().layerDecay() < 1, rows, "layer decay", values, "train.layer_decay");
    where(model.lora().rank() > 0, rows, "LoRA rank", values, "model.lora.rank");
    where(model.lora().rank() > 0, rows, "LoRA alpha", values, "model.lora.alpha");
    where(model.lora().rank() > 0, rows, "LoRA of", values, "model.lora.targets");
    where(!model.lora().train().isEmpty(), rows, "learn besides", values, "model.lora.train");
    where(!model.freeze().isEmpty(), rows, "frozen", values, "model.freeze");
    if (model.lockImageTower() || model.lockTextTower()) {
      rows.put("frozen tower", model.lockImageTower() ? "image" : "text");
    }
    where(model.patchDropout() > 0, rows, "patches left out", values, "model.patch_dropout");
    rows.put("augmentation", config.augment().isEmpty() ? "none" : values.get("augment"));
    rows.put("precision", values.get("model.precision"));
    rows.put("seed", values.get("seed"));
    return rows;
  }

  private static String schedule(Config config, Map<String, String> values) {
    ScheduleSettings schedule = config.train().schedule();
    String fall = schedule.minLr() == 0 ? " to 0" : " to " + values.get("train.min_lr");
    return schedule.warmUp().text()
        + " of warm-up, "
        + values.get("train.schedule")
        + switch (schedule.schedule()) {
          case CONSTANT -> "";
          case COSINE, LINEAR -> fall;
          case CONSTANT_COOLDOWN -> fall + " over the last " + values.get("train.cooldown");
        };
  }

  private static void where(
      boolean inEffect,
      SequencedMap<String, String> rows,
      String name,
      Map<String, String> values,
      String setting) {
    if (inEffect) {
      rows.put(name, Objects.requireNonNull(values.get(setting), setting));
    }
  }

  /** Where the weights of a run start from. */
  static String start(ModelConfig model) {
    Path images = model.images();
    Path texts = model.texts();
    String name = model.preset().name().toLowerCase(Locale.ROOT).replace('_', '-');
    String preset = "preset " + name + ", drawn at random";
    if (Objects.equals(images, texts)) {
      return images == null ? preset : images.toString();
    }
    return "images of %s, captions of %s"
        .formatted(images == null ? preset : images, texts == null ? preset : texts);
  }

  private static SequencedMap<String, String> versions(Config config, DualEncoder model) {
    SequencedMap<String, String> rows = new LinkedHashMap<>();
    String version = InEffect.class.getPackage().getImplementationVersion();
    rows.put("Facet", version == null ? "(unpackaged)" : version);
    rows.put("Java", Runtime.version().toString());
    rows.put("model runs on", model.device());
    rows.put("pictures decoded by", Loading.decoder(config));
    return rows;
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
