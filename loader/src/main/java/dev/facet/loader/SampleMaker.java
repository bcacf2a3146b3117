package dev.facet.loader;

import dev.facet.augment.Augmenter;
import dev.facet.augment.Pixels;
import dev.facet.augment.SampleRandom;
import dev.facet.base.FacetException;
import dev.facet.loader.BadSampleException.Reason;
import dev.facet.loader.decode.ImageHeader;
import dev.facet.loader.decode.PictureDecoder;
import java.util.Locale;

/**
 * From a row to the tensors of one sample. One per thread; owns that thread's native memory. Its
 * clock runs on from reading the row.
 */
final class SampleMaker implements AutoCloseable {
  private final long seed;
  private final TextEncoder text;
  private final BoxSpace boxSpace;
  private final Counters counters;
  private final StageClock clock;
  private final PictureDecoder decoder;
  private final Augmenter augmenter;
  private final SampleRandom random = new SampleRandom();
  private final float[] matrix = new float[12];

  SampleMaker(
      LoaderSettings settings,
      ImageSettings images,
      TextEncoder text,
      Counters counters,
      StageClock clock) {
    this.seed = settings.seed();
    this.text = text;
    this.boxSpace = images.boxSpace();
    this.counters = counters;
    this.clock = clock;
    this.decoder = new PictureDecoder(images.decode());
    this.augmenter = new Augmenter(images.augment(), images.size(), images.mean(), images.std());
  }

  /** Fills place {@code i} of a slot. */
  void make(Row row, int epoch, long number, Slot slot, int i) throws BadSampleException {
    random.reset(seed, epoch, number);
    int caption = row.draw(random);
    counters.addBytes(row.image().length());
    try {
      picture(row, slot, i);
    } catch (FacetException e) {
      throw e;
    } catch (RuntimeException e) {
      // One strange picture among millions, which no reader foresaw, must not end a run of days.
      throw new BadSampleException(Reason.CORRUPT, "the picture cannot be used: " + e);
    }
    if (text.contextLength() > 0) {
      text.encode(row.caption(caption), slot.tokens(i));
    }
    slot.setCaptionId(i, row.captionId(caption));
    clock.lap(Stage.TEXT);
  }

  private void picture(Row row, Slot slot, int i) throws BadSampleException {
    ImageHeader header = decoder.inspect(row.image());
    double[] stored = row.box();
    if (stored != null && boxSpace == BoxSpace.STORED) {
      header.orientation().show(stored, header.shownWidth(), header.shownHeight());
    }
    if (!augmenter.aim(header.shownWidth(), header.shownHeight(), row.box(), true, random)) {
      throw new BadSampleException(
          Reason.BAD_BOX,
          String.format(
              Locale.ROOT,
              "%s is empty or outside the picture of %dx%d pixels",
              row.faceBox(),
              header.shownWidth(),
              header.shownHeight()));
    }
    Pixels decoded = decoder.decode(row.image(), header, augmenter.reduction());
    decoded.covering(0, 0, header.width(), header.height());
    clock.lap(Stage.DECODE);
    augmenter.render(decoded, header.orientation(), random, slot.imageAddress(i));
    augmenter.colour(slot.imageAddress(i), random, matrix);
    slot.setColour(i, matrix);
    clock.lap(Stage.TRANSFORM);
  }

  @Override
  public void close() {
    decoder.close();
    augmenter.close();
  }
}
