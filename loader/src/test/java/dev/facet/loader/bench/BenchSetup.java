package dev.facet.loader.bench;

import dev.facet.augment.Augmentation;
import dev.facet.augment.operation.FaceBox;
import dev.facet.augment.operation.Mirror;
import dev.facet.augment.operation.MirroredCaptions;
import dev.facet.augment.operation.RandomResizedCrop;
import dev.facet.base.Interval;
import dev.facet.loader.LoaderSettings;
import dev.facet.loader.ReadSettings;
import dev.facet.loader.TextEncoder;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.picture.ImageSettings;
import java.nio.LongBuffer;
import java.util.List;

/** A loader of small pictures without text, to be measured. */
final class BenchSetup {
  /** Training, since evaluation decodes in full and spends its time on resampling. */
  static final ImageSettings IMAGES =
      new ImageSettings(
          32,
          Augmentation.training(
              List.of(
                  new FaceBox(0),
                  new RandomResizedCrop(new Interval(0.9, 1), new Interval(0.75, 1.33)),
                  new Mirror(0.5, MirroredCaptions.KEEP))),
          ImageSettings.CLIP_MEAN,
          ImageSettings.CLIP_STD);

  static final TextEncoder NO_TEXT =
      new TextEncoder() {
        @Override
        public int contextLength() {
          return 0;
        }

        @Override
        public void encode(String caption, LongBuffer ids) {}
      };

  private BenchSetup() {}

  static LoaderSettings settings() {
    return LoaderSettings.training(16, 1, 1, new ReadSettings(2, 3, 4, 1L << 30, 0, 0.5));
  }

  static LoaderBench bench(Dataset dataset, LoaderBench.Consumer consumer) {
    return new LoaderBench(dataset, settings(), IMAGES, NO_TEXT, consumer);
  }
}
