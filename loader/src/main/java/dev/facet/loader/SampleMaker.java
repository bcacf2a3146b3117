package dev.facet.loader;

import dev.facet.base.SampleRandom;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.CaptionId;
import dev.facet.loader.data.Row;
import dev.facet.loader.picture.PictureInput;
import dev.facet.loader.stats.Counters;
import dev.facet.loader.stats.Stage;
import dev.facet.loader.stats.StageClock;

/**
 * From a row to the tensors of one sample. One per thread; owns that thread's native memory. Its
 * clock runs on from reading the row.
 */
final class SampleMaker implements AutoCloseable {
  /** Apart from what the picture's draws of a sample use. */
  private static final long SENTENCES = 0x53656e74656e6365L;

  private final long seed;
  private final TextEncoder text;
  private final Counters counters;
  private final StageClock clock;
  private final PictureFiller pictures;
  private final SampleRandom random = new SampleRandom();

  SampleMaker(
      LoaderSettings settings,
      PictureInput input,
      TextEncoder text,
      Counters counters,
      StageClock clock) {
    this.seed = settings.seed();
    this.text = text;
    this.counters = counters;
    this.clock = clock;
    this.pictures = PictureFiller.of(input, clock);
  }

  /** Fills place {@code i} of a slot. */
  void make(Row row, int epoch, long number, Slot slot, int i) throws BadSampleException {
    random.reset(seed, epoch, number);
    counters.addBytes(row.pictureBytes());
    String caption = pictures.fill(row, random, slot, i);
    clock.lap(Stage.TRANSFORM);
    if (text.contextLength() > 0) {
      // Drawn apart from the picture's numbers, so that another augmentation draws the same part.
      random.reset(seed ^ SENTENCES, epoch, number);
      text.encode(text.parts().part(caption, random), slot.tokens(i));
    }
    slot.setCaptionId(i, CaptionId.of(slot.tokens(i), 0, text.contextLength()));
    clock.lap(Stage.TEXT);
  }

  @Override
  public void close() {
    pictures.close();
  }
}
