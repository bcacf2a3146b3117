package dev.facet.cli.work;

import dev.facet.augment.Augmentation;
import dev.facet.augment.resample.CropRounding;
import dev.facet.augment.resample.Interpolation;
import dev.facet.augment.resample.ResizeMode;
import dev.facet.cli.config.Config;
import dev.facet.loader.LoaderSettings;
import dev.facet.loader.TextEncoder;
import dev.facet.loader.data.CaptionSettings;
import dev.facet.loader.decode.PictureDecoder;
import dev.facet.loader.picture.ImageSettings;
import dev.facet.loader.picture.PixelType;
import dev.facet.model.pictures.Preprocessing;
import dev.facet.model.pictures.Resizing;
import dev.facet.model.text.CaptionTokenizer;
import java.nio.LongBuffer;

/** From a config to the loader's settings. */
final class Loading {
  private Loading() {}

  /** Shuffled whole batches of an epoch, for training, which knows how many epochs there are. */
  static LoaderSettings training(Config config) {
    return LoaderSettings.training(config.train().batch(), 1, config.seed(), config.data().read())
        .inParts(config.train().replicas(), config.train().parts());
  }

  /** Every row once, in stored order. */
  static LoaderSettings scoring(Config config) {
    return LoaderSettings.inOrder(config.eval().batch(), config.seed(), config.data().read());
  }

  /** Pictures varied at random. */
  static ImageSettings varied(Config config, Preprocessing wanted, PixelType pixels) {
    Augmentation augment = config.augmentation(mode(wanted), filter(wanted));
    return images(config, augment, wanted, pixels);
  }

  /** Pictures as they are, cropped around the face by the same margin. */
  static ImageSettings plain(Config config, Preprocessing wanted) {
    return images(config, evaluation(config, wanted), wanted, PixelType.UINT8);
  }

  /** The face, resized as the model wants it. */
  static Augmentation evaluation(Config config, Preprocessing wanted) {
    return config.evaluation(mode(wanted), filter(wanted)).rounded(rounding(wanted));
  }

  /** The whole picture, resized as the model wants it. */
  static Augmentation whole(Preprocessing wanted) {
    return Augmentation.evaluation(null, mode(wanted), filter(wanted)).rounded(rounding(wanted));
  }

  private static ResizeMode mode(Preprocessing wanted) {
    return wanted.resizing().squash() ? ResizeMode.SQUASH : ResizeMode.SHORTEST;
  }

  private static CropRounding rounding(Preprocessing wanted) {
    return switch (wanted.resizing().cut()) {
      case HUGGING_FACE -> CropRounding.DOWN;
      case TORCHVISION -> CropRounding.EVEN;
    };
  }

  private static Interpolation filter(Preprocessing wanted) {
    return wanted.resizing().filter() == Resizing.BILINEAR
        ? Interpolation.BILINEAR
        : Interpolation.BICUBIC;
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

  /** Which library decodes the pictures, for the log. */
  static String decoder(Config config) {
    try (PictureDecoder decoder = new PictureDecoder(config.data().decoding())) {
      return decoder.library();
    }
  }

  /** A tokenizer as the loader's threads call it. */
  static TextEncoder text(CaptionTokenizer tokenizer, CaptionSettings parts) {
    return new TextEncoder() {
      @Override
      public CaptionSettings parts() {
        return parts;
      }

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
