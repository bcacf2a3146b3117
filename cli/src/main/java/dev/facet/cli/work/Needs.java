package dev.facet.cli.work;

import com.sun.management.OperatingSystemMXBean;
import dev.facet.cli.config.Config;
import dev.facet.loader.picture.PictureInput;
import dev.facet.model.adapt.TrainingSize;
import dev.facet.model.training.Contrastive;
import dev.facet.model.training.ObjectiveKind;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a run takes of the machine, and what the machine has.
 *
 * @param weights bytes of weights, their gradients and the optimizer's two moments, of all
 *     replicas, averages, and the copy of them that a checkpoint is written from
 * @param kept about how many bytes a step of all replicas keeps between its passes
 * @param loss about how many bytes features and loss of a global batch take, of all replicas
 * @param batches bytes of the batches that are kept ready, and of a global batch that is held
 * @param windows bytes of the data among which rows are mixed
 * @param memory bytes that this process may have
 * @param checkpoints bytes of all checkpoints that lie there at once
 * @param disk bytes free where the run is kept
 */
record Needs(
    long weights,
    long kept,
    long loss,
    long batches,
    long windows,
    long memory,
    long checkpoints,
    long disk,
    Config config) {
  private static final int FLOAT = Float.BYTES;

  /** The program itself with its libraries, before it holds a weight. */
  private static final long PROGRAM = 400_000_000;

  /**
   * Adds up.
   *
   * @param teacher number of weights of a teacher
   */
  static Needs of(
      Config config, TrainingSize size, long teacher, PictureInput pictures, long windows)
      throws IOException {
    long picture = pictures.bytes();
    long replicas = config.train().replicas();
    long atOnce = replicas * config.train().atOnce();
    long held = config.train().parts() == 1 ? 0 : config.train().batch() * picture;
    long weights = FLOAT * size.weights();
    long moments = 2L * FLOAT * size.trained();
    // One more than are kept lies there while the newest is written; the best has no moments.
    long steps = config.train().keepCheckpoints() + 1L;
    long averages = config.train().ema() > 0 ? FLOAT * size.trained() : 0;
    // Averages are a model of their own, too, which is replaced as the best is.
    long models = averages > 0 ? 4 * weights : 2 * weights;
    return new Needs(
        replicas * (weights + moments + FLOAT * (size.trained() + teacher))
            + averages
            + (weights + moments + averages),
        FLOAT * size.kept() * atOnce,
        config.train().objective() == ObjectiveKind.CONTRASTIVE
            ? replicas * Contrastive.bytes(config.train().batch(), size.width())
            : 0,
        config.data().read().slots() * atOnce * picture + held,
        windows,
        ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize(),
        steps * (weights + moments + averages) + models,
        Files.getFileStore(existing(config.run().dir())).getUsableSpace(),
        config);
  }

  private static Path existing(Path folder) {
    Path place = folder.toAbsolutePath();
    while (!Files.exists(place) && place.getParent() != null) {
      place = place.getParent();
    }
    return place;
  }

  /** For people. */
  String memoryText() {
    return ("about %s of %s: weights and optimizer %s, kept for the backward pass %s, features"
            + " and loss %s, batches %s, data %s")
        .formatted(
            size(all()),
            size(memory),
            size(weights),
            size(kept),
            size(loss),
            size(batches),
            size(windows));
  }

  /** For people. */
  String diskText() {
    return "checkpoints %s, free %s in %s"
        .formatted(size(checkpoints), size(disk), existing(config.run().dir()));
  }

  /** What cannot work, with the cure. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    // What a step and its loss keep is an estimate, and on a GPU it lies elsewhere: no reason to
    // refuse a run.
    if (all() - kept - loss > memory) {
      problems.add(
          ("the run needs %s of memory for weights, optimizer, batches and data alone, and there"
                  + " are %s: lower data.slots, data.window_bytes or train.batch, or take a smaller"
                  + " model")
              .formatted(size(all() - kept - loss), size(memory)));
    }
    if (checkpoints > disk) {
      problems.add(
          ("run.dir %s: its checkpoints take %s, but only %s are free there: make room, lower"
                  + " train.keep_checkpoints, or set run.dir to another disk")
              .formatted(config.run().dir(), size(checkpoints), size(disk)));
    }
    return problems;
  }

  /** What may not work, and cannot be told for sure; empty if nothing. */
  List<String> doubts() {
    return all() > memory
        ? List.of(
            "this may be more memory than there is: train.micro_batch, model.gradient_checkpointing"
                + " and model.patch_dropout decide what the backward pass keeps")
        : List.of();
  }

  private long all() {
    return PROGRAM + weights + kept + loss + batches + windows;
  }

  private static String size(long bytes) {
    return bytes < 1L << 30
        ? String.format(Locale.ROOT, "%,.0f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%,.1f GB", bytes / 1e9);
  }
}
