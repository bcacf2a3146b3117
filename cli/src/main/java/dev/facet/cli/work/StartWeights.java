package dev.facet.cli.work;

import dev.facet.base.FacetException;
import dev.facet.cli.config.Config;
import dev.facet.cli.settings.ModelConfig;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.checkpoint.Blend;
import dev.facet.model.checkpoint.InitialWeights;
import dev.facet.model.checkpoint.ModelDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The weights that a checkpoint's training started from, to be blended with it.
 *
 * @param images folder that gave the image tower
 * @param texts folder that gave the text tower
 */
record StartWeights(Path images, Path texts) {

  /**
   * Those that the config in a checkpoint names.
   *
   * @param given a folder to take instead, null for none
   * @throws FacetException if there are none, or they are not there
   */
  static StartWeights of(Path checkpoint, @Nullable Path given) throws IOException {
    if (given != null) {
      return found(new StartWeights(given, given), checkpoint);
    }
    Config config = InEffect.trained(checkpoint);
    if (config == null) {
      throw FacetException.usage(
          ("--blend: nothing in %s says what it was trained from: name that model folder with"
                  + " --start")
              .formatted(checkpoint));
    }
    ModelConfig model = config.model();
    Path images = model.images();
    Path texts = model.texts();
    if (images == null || texts == null) {
      throw FacetException.usage(
          ("--blend: the run of %s started from random weights (%s), and halfway to those nothing"
                  + " is known: blend a model that was fine-tuned from model.init")
              .formatted(checkpoint, InEffect.start(model)));
    }
    return found(new StartWeights(images, texts), checkpoint);
  }

  private static StartWeights found(StartWeights start, Path checkpoint) throws IOException {
    int width = ModelDirectory.config(checkpoint).embedDim();
    for (Path folder : new Path[] {start.images, start.texts}) {
      if (!Files.isDirectory(folder)) {
        throw FacetException.usage(
            "--blend: nothing at %s, where %s started from: name where it is now with --start"
                .formatted(folder, checkpoint));
      }
      int own = ModelDirectory.config(folder).embedDim();
      if (own != width) {
        throw FacetException.usage(
            ("--blend: the joint space of %s has %s dimensions, that of %s has %s: its projections"
                    + " were drawn at random, and there is nothing to blend them with")
                .formatted(folder, own, checkpoint, width));
      }
    }
    return start;
  }

  /**
   * Moves a model opened from the checkpoint.
   *
   * @param share of what was trained, from 0 to 1
   */
  void blend(DualEncoder trained, ModelOptions options, double share) throws IOException {
    InitialWeights from = new InitialWeights(null, images, texts, true);
    InitialWeights all = images.equals(texts) ? InitialWeights.of(images) : from;
    try (DualEncoder start = ModelDirectory.start(trained.config(), all, options, note -> {})) {
      Blend.move(trained, start, share);
    }
  }
}
