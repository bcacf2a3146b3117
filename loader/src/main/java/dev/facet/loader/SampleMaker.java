package dev.facet.loader;

import dev.facet.augment.Augmenter;
import dev.facet.augment.canvas.FloatPlanes;
import dev.facet.augment.memory.Pixels;
import dev.facet.augment.operation.MirroredCaptions;
import dev.facet.base.FacetException;
import dev.facet.base.SampleRandom;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.CaptionId;
import dev.facet.loader.data.CaptionSides;
import dev.facet.loader.data.PictureId;
import dev.facet.loader.data.Row;
import dev.facet.loader.decode.ImageHeader;
import dev.facet.loader.decode.PictureDecoder;
import dev.facet.loader.picture.BoxSpace;
import dev.facet.loader.picture.ImageSettings;
import dev.facet.loader.picture.PixelType;
import dev.facet.loader.stats.Counters;
import dev.facet.loader.stats.Stage;
import dev.facet.loader.stats.StageClock;
import java.lang.foreign.Arena;
import java.util.Locale;

/**
 * From a row to the tensors of one sample. One per thread; owns that thread's native memory. Its
 * clock runs on from reading the row.
 */
final class SampleMaker implements AutoCloseable {
  private final long seed;
  private final TextEncoder text;
  private final BoxSpace boxSpace;
  private final PixelType pixels;
  private final MirroredCaptions flipCaptions;
  private final boolean cutsToFaces;
  private final Counters counters;
  private final StageClock clock;
  private final PictureDecoder decoder;
  private final Augmenter augmenter;
  private final FloatPlanes planes;
  private final Arena arena = Arena.ofConfined();
  private final long bytes;
  private final SampleRandom random = new SampleRandom();
  private final int[] wanted = new int[4];
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
    this.pixels = images.pixels();
    this.flipCaptions = images.augment().flipCaptions();
    this.cutsToFaces = images.augment().cutsToFaces();
    this.counters = counters;
    this.clock = clock;
    this.decoder = new PictureDecoder(images.decode());
    this.augmenter = new Augmenter(images.augment(), images.size(), images.mean(), images.std());
    this.planes = new FloatPlanes(images.size());
    this.bytes = arena.allocate(3L * images.size() * images.size(), 64).address();
  }

  /** Fills place {@code i} of a slot. */
  void make(Row row, int epoch, long number, Slot slot, int i) throws BadSampleException {
    random.reset(seed, epoch, number);
    int caption = row.draw(random);
    // Asked only where the answer matters.
    boolean sided = flipCaptions != MirroredCaptions.KEEP && row.speaksOfSides(caption);
    counters.addBytes(row.image().length());
    try {
      picture(row, slot, i, !(sided && flipCaptions == MirroredCaptions.SKIP));
    } catch (FacetException e) {
      throw e;
    } catch (RuntimeException e) {
      // One strange picture among millions, which no reader foresaw, must not end a run of days.
      throw new BadSampleException(Reason.CORRUPT, "the picture cannot be used: " + e);
    }
    if (text.contextLength() > 0) {
      String words = row.caption(caption);
      boolean swapped = sided && augmenter.mirrored();
      text.encode(swapped ? CaptionSides.swapped(words) : words, slot.tokens(i));
    }
    slot.setCaptionId(i, CaptionId.of(slot.tokens(i), 0, text.contextLength()));
    clock.lap(Stage.TEXT);
  }

  private void picture(Row row, Slot slot, int i, boolean mayFlip) throws BadSampleException {
    ImageHeader header = decoder.inspect(row.image());
    double[] box = row.box();
    if (box != null && boxSpace == BoxSpace.STORED) {
      header.orientation().show(box, header.shownWidth(), header.shownHeight());
    }
    if (!augmenter.aim(header.shownWidth(), header.shownHeight(), box, mayFlip, random)) {
      throw new BadSampleException(
          Reason.BAD_BOX,
          String.format(
              Locale.ROOT,
              "%s is empty or outside the picture of %dx%d pixels",
              row.faceBox(),
              header.shownWidth(),
              header.shownHeight()));
    }
    slot.setPictureId(i, PictureId.of(row.image(), cutsToFaces ? box : null));
    augmenter.wanted(header.orientation(), wanted);
    Pixels decoded = decoder.decode(row.image(), header, augmenter.reduction(), wanted);
    clock.lap(Stage.DECODE);
    boolean floats = pixels == PixelType.FLOAT32;
    long target = floats ? bytes : slot.imageAddress(i);
    augmenter.render(decoded, header.orientation(), random, target);
    augmenter.colour(target, random, matrix);
    slot.setColour(i, matrix);
    if (floats) {
      planes.write(target, matrix, slot.imageAddress(i));
    }
    clock.lap(Stage.TRANSFORM);
  }

  @Override
  public void close() {
    decoder.close();
    augmenter.close();
    planes.close();
    arena.close();
  }
}
