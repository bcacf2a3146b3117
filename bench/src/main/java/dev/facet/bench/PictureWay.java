package dev.facet.bench;

import dev.facet.augment.Augmentation;
import dev.facet.augment.Augmenter;
import dev.facet.augment.StoredPicture;
import dev.facet.augment.canvas.FloatPlanes;
import dev.facet.augment.geometry.Orientation;
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
import dev.facet.loader.data.Row;
import dev.facet.loader.decode.DecodeSettings;
import dev.facet.loader.decode.PictureDecoder;
import dev.facet.loader.header.ImageHeader;
import dev.facet.loader.picture.ImageSettings;
import dev.facet.loader.picture.PictureMaker;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;

/**
 * One thread's way from one JPEG to a square, all of it as a loader's worker goes it, and in parts.
 */
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
  private final Row jpeg = new Row();
  private final MemorySegment target = arena.allocate(3L * SIZE * SIZE, 64);
  private final MemorySegment floats = arena.allocate(4 * target.byteSize(), 64);
  private final FloatPlanes planes = new FloatPlanes(SIZE);
  private final SampleRandom random = new SampleRandom();
  private final PictureMaker pictures;
  private final PictureDecoder decoder = new PictureDecoder(DecodeSettings.DEFAULT);
  private final Augmenter augmenter;
  private final Decoded decoded;
  private float[] matrix = new float[12];
  private long row;

  PictureWay(int side, Augmentation augmentation) throws IOException, BadSampleException {
    ImageSettings images =
        new ImageSettings(SIZE, augmentation, ImageSettings.CLIP_MEAN, ImageSettings.CLIP_STD);
    pictures = new PictureMaker(images);
    augmenter = new Augmenter(augmentation, SIZE, images.mean(), images.std());
    byte[] bytes = DrawnJpeg.of(side, 1);
    MemorySegment memory = arena.allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
    jpeg.image().at(memory, 0, bytes.length);
    jpeg.caption("a face", 1);
    decoded = new Decoded(decoder.inspect(jpeg.image()), decode(1));
    vary();
  }

  /** All of the way, with new random numbers each time. */
  float make() throws BadSampleException {
    random.reset(1, 0, row++);
    return pictures.make(jpeg, random, target.address()).colour()[0];
  }

  /** Header and pixels, shrunk by 1, 2, 4 or 8. */
  Pixels decode(int reduction) throws BadSampleException {
    EncodedImage image = jpeg.image();
    return decoder.decode(image, decoder.inspect(image), reduction);
  }

  /** What comes after decoding, which is done in full, once. */
  float vary() {
    random.reset(1, 0, row++);
    matrix =
        Objects.requireNonNull(augmenter.vary(decoded, null, true, random, target.address()))
            .colour();
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
    pictures.close();
    arena.close();
  }

  /** A picture that was decoded before. */
  private record Decoded(ImageHeader header, Pixels pixels)
      implements StoredPicture<RuntimeException> {
    @Override
    public int shownWidth() {
      return header.shownWidth();
    }

    @Override
    public int shownHeight() {
      return header.shownHeight();
    }

    @Override
    public Orientation orientation() {
      return header.orientation();
    }

    @Override
    public Pixels decode(int reduction, int[] wanted) {
      return pixels;
    }
  }
}
