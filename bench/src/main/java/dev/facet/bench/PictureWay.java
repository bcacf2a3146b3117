package dev.facet.bench;

import dev.facet.augment.Augmentation;
import dev.facet.augment.Augmenter;
import dev.facet.augment.canvas.FloatPlanes;
import dev.facet.augment.memory.Pixels;
import dev.facet.augment.operation.Brightness;
import dev.facet.augment.operation.Contrast;
import dev.facet.augment.operation.Grey;
import dev.facet.augment.operation.Hue;
import dev.facet.augment.operation.Mirror;
import dev.facet.augment.operation.MirroredCaptions;
import dev.facet.augment.operation.RandomResizedCrop;
import dev.facet.augment.operation.Saturation;
import dev.facet.base.Interval;
import dev.facet.base.SampleRandom;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.decode.DecodeSettings;
import dev.facet.loader.decode.ImageHeader;
import dev.facet.loader.decode.PictureDecoder;
import dev.facet.loader.picture.ImageSettings;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** One thread's way from one JPEG to a square, step by step, as a loader's worker goes it. */
final class PictureWay implements AutoCloseable {
  static final int SIZE = 224;

  /** Random resized crop, flip and all colour changes. */
  static final Augmentation TRAINING =
      Augmentation.training(
          List.of(
              new RandomResizedCrop(new Interval(0.9, 1), new Interval(0.75, 1.333)),
              new Mirror(0.5, MirroredCaptions.KEEP),
              new Brightness(0.2),
              new Contrast(0.2),
              new Saturation(0.2),
              new Hue(0.05),
              new Grey(0.1)));

  /** Shorter side to 224, centre; antialiased bicubic. */
  static final Augmentation EVALUATION = Augmentation.evaluation(0);

  private final Arena arena = Arena.ofConfined();
  private final EncodedImage jpeg = new EncodedImage();
  private final MemorySegment target = arena.allocate(3L * SIZE * SIZE, 64);
  private final MemorySegment floats = arena.allocate(4 * target.byteSize(), 64);
  private final FloatPlanes planes = new FloatPlanes(SIZE);
  private final SampleRandom random = new SampleRandom();
  private final float[] matrix = new float[12];
  private final int[] wanted = new int[4];
  private final PictureDecoder decoder = new PictureDecoder(DecodeSettings.DEFAULT);
  private final Augmenter augmenter;
  private final ImageHeader header;
  private long row;

  PictureWay(int side, Augmentation augmentation) throws IOException, BadSampleException {
    augmenter = new Augmenter(augmentation, SIZE, ImageSettings.CLIP_MEAN, ImageSettings.CLIP_STD);
    byte[] bytes = DrawnJpeg.of(side, 1);
    MemorySegment memory = arena.allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
    jpeg.at(memory, 0, bytes.length);
    header = decoder.inspect(jpeg);
  }

  /** Draws the next crop. */
  void aim() {
    random.reset(1, 0, row++);
    augmenter.aim(header.shownWidth(), header.shownHeight(), null, true, random);
  }

  /** Header and pixels, shrunk by 1, 2, 4 or 8. */
  Pixels decode(int reduction) throws BadSampleException {
    return decoder.decode(jpeg, decoder.inspect(jpeg), reduction);
  }

  /** As far as the crop needs it. */
  Pixels decode() throws BadSampleException {
    augmenter.wanted(header.orientation(), wanted);
    return decoder.decode(jpeg, decoder.inspect(jpeg), augmenter.reduction(), wanted);
  }

  void render(Pixels pixels) {
    augmenter.render(pixels, header.orientation(), random, target.address());
  }

  float colour() {
    augmenter.colour(target.address(), random, matrix);
    return matrix[0];
  }

  /** Normalised floats, as for {@code --pixels float32}. */
  void normalise() {
    planes.write(target.address(), matrix, floats.address());
  }

  @Override
  public void close() {
    planes.close();
    augmenter.close();
    decoder.close();
    arena.close();
  }
}
