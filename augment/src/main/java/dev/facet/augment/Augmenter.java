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
  private final AugmentSettings settings;
  private final int size;
  private final boolean evaluation;
  private final ColourMatrix matrix;
  private final Bicubic bicubic = new Bicubic();
  private final BytePointer spare;
  private final Size target;
  private final Pixels crop = new Pixels();
  private final Pixels turned = new Pixels();

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
    OpenCv.load();
    this.settings = settings;
    this.size = size;
    this.evaluation = settings.equals(AugmentSettings.none(settings.boxMargin()));
    this.matrix = new ColourMatrix(mean, std);
    this.spare = new BytePointer(3L * size * size);
    this.target = new Size(size, size);
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
   * @param memory where the size x size x 3 bytes go
   */
  public void render(Pixels decoded, Orientation orientation, long memory) {
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

    boolean mirrorX = orientation.mirrorX() ^ flip;
    boolean direct = !orientation.transposed() && !mirrorX && !orientation.mirrorY();
    turned.at(direct ? memory : spare.address(), size, size);
    if (evaluation) {
      centre(orientation);
    } else {
      resample();
    }
    if (!direct) {
      turn(orientation, mirrorX, memory);
    }
  }

  /**
   * Draws the colour change of a rendered picture.
   *
   * @param memory the size x size x 3 bytes that {@link #render} wrote
   * @param out 12 floats: the 3 x 4 matrix, row by row, that takes (r, g, b, 1), with r, g, b in
   *     0..255, to normalised channels
   */
  public void colour(long memory, SampleRandom random, float[] out) {
    matrix.identity();
    if (!evaluation) {
      double brightness = factor(settings.brightness(), random);
      double contrast = factor(settings.contrast(), random);
      double saturation = factor(settings.saturation(), random);
      double hue = random.nextDouble(-settings.hue(), settings.hue());
      boolean grey = random.nextDouble() < settings.grey();
      matrix.brightness(brightness);
      if (contrast != 1) {
        matrix.contrast(contrast, brightness * meanGrey(memory));
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
    spare.close();
    target.close();
  }

  private static double factor(double spread, SampleRandom random) {
    return random.nextDouble(Math.max(0, 1 - spread), 1 + spread);
  }

  private void resample() {
    double shrink = Math.max(crop.width(), crop.height()) / (double) size;
    int method = shrink < 2 ? opencv_imgproc.INTER_LINEAR : opencv_imgproc.INTER_AREA;
    try (Mat from = crop.mat();
        Mat to = turned.mat()) {
      opencv_imgproc.resize(from, to, target, 0, 0, method);
    }
  }

  private void centre(Orientation orientation) {
    int shorter = Math.min(crop.width(), crop.height());
    int fullWidth = (int) ((long) size * crop.width() / shorter);
    int fullHeight = (int) ((long) size * crop.height() / shorter);
    int left =
        offset(fullWidth, orientation.transposed() ? orientation.mirrorY() : orientation.mirrorX());
    int top =
        offset(
            fullHeight, orientation.transposed() ? orientation.mirrorX() : orientation.mirrorY());
    bicubic.resize(crop, fullWidth, fullHeight, left, top, turned);
  }

  /** Python's round() of half the rest, to even, counted in the upright picture. */
  private int offset(int full, boolean mirrored) {
    int upright = (int) Math.rint((full - size) / 2.0);
    return mirrored ? full - size - upright : upright;
  }

  private void turn(Orientation orientation, boolean mirrorX, long memory) {
    boolean mirrorY = orientation.mirrorY();
    try (Mat from = turned.mat();
        Mat to = new Pixels().at(memory, size, size).mat()) {
      if (orientation.transposed()) {
        opencv_core.transpose(from, to);
        if (mirrorX || mirrorY) {
          opencv_core.flip(to, to, mirrorX ? (mirrorY ? -1 : 1) : 0);
        }
      } else {
        opencv_core.flip(from, to, mirrorX ? (mirrorY ? -1 : 1) : 0);
      }
    }
  }

  private double meanGrey(long memory) {
    try (Mat picture = crop.at(memory, size, size).mat();
        Scalar mean = opencv_core.mean(picture)) {
      return 0.299 * mean.get(0) + 0.587 * mean.get(1) + 0.114 * mean.get(2);
    }
  }
}
