package dev.facet.bench;

import dev.facet.augment.AugmentSettings;
import dev.facet.augment.Augmenter;
import dev.facet.augment.Pixels;
import dev.facet.augment.SampleRandom;
import dev.facet.loader.BadSampleException;
import dev.facet.loader.ImageSettings;
import dev.facet.loader.decode.DecodeSettings;
import dev.facet.loader.decode.EncodedImage;
import dev.facet.loader.decode.ImageHeader;
import dev.facet.loader.decode.PictureDecoder;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** One thread's way from one JPEG to a square, step by step, as a loader's worker goes it. */
final class PictureWay implements AutoCloseable {
  static final int SIZE = 224;

  /** Random resized crop, flip and all colour changes. */
  static final AugmentSettings TRAINING =
      new AugmentSettings(0, 0.9, 1, 0.75, 1.333, 0.5, 0.2, 0.2, 0.2, 0.05, 0.1);

  /** Shorter side to 224, centre; antialiased bicubic. */
  static final AugmentSettings EVALUATION = AugmentSettings.none(0);

  private final Arena arena = Arena.ofConfined();
  private final EncodedImage jpeg = new EncodedImage();
  private final MemorySegment target = arena.allocate(3L * SIZE * SIZE, 64);
  private final SampleRandom random = new SampleRandom();
  private final float[] matrix = new float[12];
  private final PictureDecoder decoder = new PictureDecoder(DecodeSettings.DEFAULT);
  private final Augmenter augmenter;
  private final ImageHeader header;
  private long row;

  PictureWay(int side, AugmentSettings settings) throws IOException, BadSampleException {
    augmenter = new Augmenter(settings, SIZE, ImageSettings.CLIP_MEAN, ImageSettings.CLIP_STD);
    byte[] bytes = DrawnJpeg.of(side, 1);
    MemorySegment memory = arena.allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
    jpeg.at(memory, 0, bytes.length);
    header = decoder.inspect(jpeg);
  }

  /** Draws the next crop. */
  void aim() {
    random.reset(1, 0, row++);
    augmenter.aim(header.shownWidth(), header.shownHeight(), null, random);
  }

  /** Header and pixels, shrunk by 1, 2, 4 or 8. */
  Pixels decode(int reduction) throws BadSampleException {
    return decoder.decode(jpeg, decoder.inspect(jpeg), reduction);
  }

  /** As far as the crop needs it. */
  Pixels decode() throws BadSampleException {
    return decode(augmenter.reduction());
  }

  void render(Pixels pixels) {
    augmenter.render(pixels, header.orientation(), target.address());
  }

  float colour() {
    augmenter.colour(target.address(), random, matrix);
    return matrix[0];
  }

  @Override
  public void close() {
    augmenter.close();
    decoder.close();
    arena.close();
  }
}
