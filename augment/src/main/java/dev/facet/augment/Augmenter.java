package dev.facet.augment;

import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.jspecify.annotations.Nullable;

/**
 * Turns a decoded picture into a square of the wanted size: {@link #aim} chooses the crop before
 * anything is decoded, {@link #render} resamples once, {@link #colour} draws the colour change. All
 * random numbers come from the sample's own generator, in this order. Not thread-safe.
 */
public final class Augmenter implements AutoCloseable {
  static {
    OpenCv.load();
  }

  private final AugmentSettings settings;
  private final int size;
  private final boolean evaluation;
  private final ColourMatrix matrix;
  private final Bicubic bicubic = new Bicubic();
  private final Size square;
  private final Pixels crop = new Pixels();
  private final Pixels spare = new Pixels();
  private final Pixels target = new Pixels();
  private BytePointer memory;

  private int width;
  private int height;
  private Region region = Region.whole(1, 1);
  private boolean flip;

  /**
   * @param size side of the result in pixels
   * @param mean per channel of pixels in [0, 1]
   * @param std per channel of pixels in [0, 1]
   */
  public Augmenter(AugmentSettings settings, int size, List<Double> mean, List<Double> std) {
    this.settings = settings;
    this.size = size;
    this.evaluation = settings.equals(AugmentSettings.none(settings.boxMargin()));
    this.matrix = new ColourMatrix(mean, std);
    this.square = new Size(size, size);
    this.memory = new BytePointer(3L * size * size);
  }

  /**
   * Chooses the part of the picture to use.
   *
   * @param shownWidth width of the upright picture
   * @param shownHeight height of the upright picture
   * @param box face box in the upright picture; null for the whole picture
   * @return false if the box is inverted, empty or outside the picture
   */
  public boolean aim(int shownWidth, int shownHeight, @Nullable Box box, SampleRandom random) {
    width = shownWidth;
    height = shownHeight;
    Region whole =
        box == null
            ? Region.whole(width, height)
            : Region.around(box, settings.boxMargin(), width, height);
    if (whole == null) {
      return false;
    }
    region = evaluation ? whole : whole.randomCrop(settings, random);
    flip = !evaluation && random.nextDouble() < settings.flip();
    return true;
  }

  /**
   * The largest power of two, at most 8, by which the decoder may shrink the picture while the crop
   * still has at least the wanted size. Evaluation decodes in full, to be comparable with others.
   */
  public int reduction() {
    int factor = evaluation ? 1 : 8;
    while (factor > 1 && Math.min(region.width(), region.height()) < (double) factor * size) {
      factor /= 2;
    }
    return factor;
  }

  /**
   * Resamples the chosen part. Training: bilinear, or area averaging from a shrinkage of 2 on,
   * edges rounded to whole pixels of {@code decoded}. Evaluation: the short side becomes {@code
   * size}, the centre is cut out, antialiased bicubic (openai/CLIP, {@code _transform} in clip.py).
   *
   * @param decoded the picture as stored, perhaps shrunk
   * @param orientation how to turn it upright
   * @param address where the size x size x 3 bytes go
   */
  public void render(Pixels decoded, Orientation orientation, long address) {
    Region stored = orientation.stored(region, width, height);
    int storedWidth = orientation.transposed() ? height : width;
    int storedHeight = orientation.transposed() ? width : height;
    double scaleX = (double) decoded.width() / storedWidth;
    double scaleY = (double) decoded.height() / storedHeight;
    int left = Math.clamp(Math.round(stored.x() * scaleX), 0, decoded.width() - 1);
    int top = Math.clamp(Math.round(stored.y() * scaleY), 0, decoded.height() - 1);
    crop.within(
        decoded,
        left,
        top,
        Math.clamp(Math.round(stored.width() * scaleX), 1, decoded.width() - left),
        Math.clamp(Math.round(stored.height() * scaleY), 1, decoded.height() - top));

    target.at(address, size, size);
    if (evaluation) {
      evaluate(orientation);
    } else {
      train(orientation);
    }
  }

  /**
   * Draws the colour change of a rendered picture.
   *
   * @param address of the size x size x 3 bytes that {@link #render} wrote
   * @param out 12 floats: the 3 x 4 matrix, row by row, that takes (r, g, b, 1), with r, g, b in
   *     0..255, to normalised channels
   */
  public void colour(long address, SampleRandom random, float[] out) {
    matrix.identity();
    if (!evaluation) {
      double brightness = factor(settings.brightness(), random);
      double contrast = factor(settings.contrast(), random);
      double saturation = factor(settings.saturation(), random);
      double hue = random.nextDouble(-settings.hue(), settings.hue());
      boolean grey = random.nextDouble() < settings.grey();
      matrix.brightness(brightness);
      if (contrast != 1) {
        matrix.contrast(contrast, brightness * meanGrey(address));
      }
      matrix.saturation(grey ? 0 : saturation);
      if (hue != 0 && !grey) {
        matrix.hue(hue);
      }
    }
    matrix.write(out);
  }

  @Override
  public void close() {
    memory.close();
    square.close();
  }

  private static double factor(double spread, SampleRandom random) {
    return random.nextDouble(Math.max(0, 1 - spread), 1 + spread);
  }

  private void train(Orientation orientation) {
    boolean mirrorX = orientation.mirrorX() ^ flip;
    if (orientation.transposed() || orientation.mirrorY() || mirrorX) {
      // Turning the small result is cheaper than turning the picture.
      Pixels small = spare(size, size);
      resample(small);
      turn(small, orientation, mirrorX, target);
    } else {
      resample(target);
    }
  }

  private void resample(Pixels result) {
    double shrink = Math.max(crop.width(), crop.height()) / (double) size;
    int method = shrink < 2 ? opencv_imgproc.INTER_LINEAR : opencv_imgproc.INTER_AREA;
    try (Mat from = crop.mat();
        Mat to = result.mat()) {
      opencv_imgproc.resize(from, to, square, 0, 0, method);
    }
  }

  /** Turns the picture first: resampling rounds after each direction, so their order shows. */
  private void evaluate(Orientation orientation) {
    Pixels upright = crop;
    if (orientation != Orientation.UPRIGHT) {
      boolean transposed = orientation.transposed();
      upright =
          spare(
              transposed ? crop.height() : crop.width(), transposed ? crop.width() : crop.height());
      turn(crop, orientation, orientation.mirrorX(), upright);
    }
    int shorter = Math.min(upright.width(), upright.height());
    int fullWidth = Math.toIntExact((long) size * upright.width() / shorter);
    int fullHeight = Math.toIntExact((long) size * upright.height() / shorter);
    // Python's round(), by which the centre is cut: halves go to the even side.
    int left = (int) Math.rint((fullWidth - size) / 2.0);
    int top = (int) Math.rint((fullHeight - size) / 2.0);
    bicubic.resize(upright, fullWidth, fullHeight, left, top, target);
  }

  private static void turn(Pixels from, Orientation orientation, boolean mirrorX, Pixels to) {
    boolean mirrorY = orientation.mirrorY();
    int mirrored = mirrorX ? (mirrorY ? -1 : 1) : 0; // flip's code: both, columns, rows
    try (Mat source = from.mat();
        Mat result = to.mat()) {
      if (!orientation.transposed()) {
        opencv_core.flip(source, result, mirrored);
        return;
      }
      opencv_core.transpose(source, result);
      if (mirrorX || mirrorY) {
        opencv_core.flip(result, result, mirrored);
      }
    }
  }

  /** Memory for an intermediate picture; ends the previous one. */
  private Pixels spare(int spareWidth, int spareHeight) {
    long bytes = 3L * spareWidth * spareHeight;
    if (memory.capacity() < bytes) {
      memory.close();
      memory = new BytePointer(bytes);
    }
    return spare.at(memory.address(), spareWidth, spareHeight);
  }

  private double meanGrey(long address) {
    try (Mat picture = target.at(address, size, size).mat();
        Scalar mean = opencv_core.mean(picture)) {
      return 0.299 * mean.get(0) + 0.587 * mean.get(1) + 0.114 * mean.get(2);
    }
  }
}
