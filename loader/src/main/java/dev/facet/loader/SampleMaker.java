package dev.facet.loader;

import dev.facet.augment.canvas.FloatPlanes;
import dev.facet.base.SampleRandom;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.CaptionId;
import dev.facet.loader.data.Row;
import dev.facet.loader.picture.ImageSettings;
import dev.facet.loader.picture.MadePicture;
import dev.facet.loader.picture.PictureMaker;
import dev.facet.loader.picture.PixelType;
import dev.facet.loader.stats.Counters;
import dev.facet.loader.stats.Stage;
import dev.facet.loader.stats.StageClock;

/**
 * From a row to the tensors of one sample. One per thread; owns that thread's native memory. Its
 * clock runs on from reading the row.
 */
final class SampleMaker implements AutoCloseable {
  private final long seed;
  private final TextEncoder text;
  private final PixelType pixels;
  private final Counters counters;
  private final StageClock clock;
  private final PictureMaker pictures;
  private final FloatPlanes planes;
  private final SampleRandom random = new SampleRandom();

  SampleMaker(
      LoaderSettings settings,
      ImageSettings images,
      TextEncoder text,
      Counters counters,
      StageClock clock) {
    this.seed = settings.seed();
    this.text = text;
    this.pixels = images.pixels();
    this.counters = counters;
    this.clock = clock;
    this.pictures = new PictureMaker(images, clock);
    this.planes = new FloatPlanes(images.size());
  }

  /** Fills place {@code i} of a slot. */
  void make(Row row, int epoch, long number, Slot slot, int i) throws BadSampleException {
    random.reset(seed, epoch, number);
    counters.addBytes(row.image().length());
    MadePicture made;
    if (pixels == PixelType.FLOAT32) {
      made = pictures.make(row, random);
      planes.write(made.address(), made.colour(), slot.imageAddress(i));
    } else {
      made = pictures.make(row, random, slot.imageAddress(i));
    }
    slot.setColour(i, made.colour());
    slot.setPictureId(i, made.id());
    clock.lap(Stage.TRANSFORM);
    if (text.contextLength() > 0) {
      text.encode(made.caption(), slot.tokens(i));
    }
    slot.setCaptionId(i, CaptionId.of(slot.tokens(i), 0, text.contextLength()));
    clock.lap(Stage.TEXT);
  }

  @Override
  public void close() {
    pictures.close();
    planes.close();
  }
}
