package dev.facet.cli.work;

import dev.facet.augment.Augmentation;
import dev.facet.cli.config.Config;
import dev.facet.loader.ImageSettings;
import dev.facet.loader.LoaderSettings;
import dev.facet.loader.PixelType;
import dev.facet.loader.TextEncoder;
import dev.facet.model.Preprocessing;
import dev.facet.model.text.CaptionTokenizer;
import java.nio.LongBuffer;

/** From a config to the loader's settings. */
final class Loading {
  private Loading() {}

  /** Shuffled whole batches, for training. */
  static LoaderSettings training(Config config) {
    return settings(config, config.train().batch(), true, config.train().epochs());
  }

  /** Every row once, in stored order. */
  static LoaderSettings scoring(Config config) {
    return settings(config, config.eval().batch(), false, 1);
  }

  private static LoaderSettings settings(Config config, int batch, boolean training, int epochs) {
    return new LoaderSettings(
        batch,
        config.data().workers(),
        config.data().slots(),
        config.data().window(),
        config.seed(),
        0,
        1,
        training,
        training,
        epochs,
        config.data().maxBadFraction());
  }

  /** Pictures varied at random. */
  static ImageSettings varied(Config config, Preprocessing wanted, PixelType pixels) {
    return images(config, config.augmentation(), wanted, pixels);
  }

  /** Pictures as they are, cropped around the face by the same margin. */
  static ImageSettings plain(Config config, Preprocessing wanted) {
    return images(config, config.evaluation(), wanted, PixelType.UINT8);
  }

  private static ImageSettings images(
      Config config, Augmentation augment, Preprocessing wanted, PixelType pixels) {
    return new ImageSettings(
        wanted.imageSize(),
        augment,
        wanted.mean(),
        wanted.std(),
        config.data().decoding(),
        config.data().boxSpace(),
        pixels);
  }

  /** A tokenizer as the loader's threads call it. */
  static TextEncoder text(CaptionTokenizer tokenizer) {
    return new TextEncoder() {
      @Override
      public int contextLength() {
        return tokenizer.contextLength();
      }

      @Override
      public void encode(String caption, LongBuffer ids) {
        tokenizer.encode(caption, ids);
      }
    };
  }
}
