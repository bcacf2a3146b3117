package dev.facet.augment;

import dev.facet.augment.canvas.Canvas;
import dev.facet.augment.geometry.Frame;
import dev.facet.augment.geometry.Orientation;
import dev.facet.augment.geometry.Quad;
import dev.facet.augment.memory.OpenCv;
import dev.facet.augment.memory.Pixels;
import dev.facet.augment.operation.CentreCrop;
import dev.facet.augment.operation.Geometry;
import dev.facet.augment.operation.OnCanvas;
import dev.facet.augment.operation.Operation;
import dev.facet.augment.operation.Retouch;
import dev.facet.augment.operation.Squash;
import dev.facet.augment.resample.EvaluationResampler;
import dev.facet.augment.resample.ResizeMode;
import dev.facet.augment.resample.TrainingResampler;
import dev.facet.base.SampleRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a decoded picture into a square of the wanted size: {@link #aim} chooses what is seen
 * before anything is decoded, {@link #render} resamples once, {@link #colour} draws the colour
 * change. All random numbers come from the sample's own generator, in the order of the operations.
 * One per thread; not thread-safe. Without operations that change pixels, nothing is allocated per
 * picture.
 */
public final class Augmenter implements AutoCloseable {
  static {
    OpenCv.load();
  }

  private static final int MOST_REDUCTION = 8;

  private final boolean evaluation;
  private final ResizeMode resizeMode;
  private final int size;
  private final List<Double> mean;
  private final List<Double> std;
  private final Geometry[] geometry;

  /** Operations up to the last that changes pixels; the others go into the matrix. */
  private final OnCanvas[] onPixels;

  private final OnCanvas[] onMatrix;

  private final Frame frame;
  private final Quad quad = new Quad();
  private final Pixels target = new Pixels();
  private final Canvas canvas;
  private final TrainingResampler training;
  private final EvaluationResampler evaluating;

  /**
   * Takes native memory.
   *
   * @param size side of the result in pixels
   * @param mean per channel of pixels in [0, 1]
   * @param std per channel of pixels in [0, 1]
   */
  public Augmenter(Augmentation augmentation, int size, List<Double> mean, List<Double> std) {
    this.evaluation = augmentation.evaluation();
    this.resizeMode = augmentation.resizeMode();
    this.size = size;
    this.mean = mean;
    this.std = std;
    List<Operation> operations = augmentation.operations();
    int split = 0;
    for (int i = 0; i < operations.size(); i++) {
      split = operations.get(i) instanceof Retouch ? i + 1 : split;
    }
    this.geometry = only(Geometry.class, operations).toArray(Geometry[]::new);
    this.onPixels = only(OnCanvas.class, operations.subList(0, split)).toArray(OnCanvas[]::new);
    this.onMatrix =
        only(OnCanvas.class, operations.subList(split, operations.size())).toArray(OnCanvas[]::new);
    this.frame = new Frame(size);
    this.canvas = new Canvas(size, mean);
    this.training = new TrainingResampler(size);
    this.evaluating =
        new EvaluationResampler(
            size, resizeMode, augmentation.rounding(), augmentation.interpolation());
  }

  private static <T> List<T> only(Class<T> kind, List<Operation> operations) {
    return operations.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /**
   * Chooses the part of the picture to use.
   *
   * @param shownWidth width of the upright picture
   * @param shownHeight height of the upright picture
   * @param box face box in the upright picture: left, top, right, bottom, in pixels; null if there
   *     is none
   * @param mayFlip false if a mirrored picture would not fit its caption; the random numbers drawn
   *     are the same
   * @return false if the box is to be used and is inverted, empty, not finite or outside the
   *     picture
   */
  public boolean aim(
      int shownWidth,
      int shownHeight,
      double @Nullable [] box,
      boolean mayFlip,
      SampleRandom random) {
    frame.whole(shownWidth, shownHeight, box, mayFlip);
    for (Geometry operation : geometry) {
      operation.move(frame, random);
    }
    if (!evaluation && !frame.square()) {
      if (resizeMode == ResizeMode.SHORTEST) {
        CentreCrop.DEFAULT.move(frame, random);
      } else {
        Squash.DEFAULT.move(frame, random);
      }
    }
    return frame.usable();
  }

  /** Whether the picture is mirrored, left for right. */
  public boolean mirrored() {
    return frame.mirrored();
  }

  /**
   * The largest power of two, at most 8, by which the decoder may shrink the picture while what is
   * seen still has at least the wanted size. Evaluation decodes in full, to be comparable with
   * others.
   */
  public int reduction() {
    int factor = evaluation ? 1 : MOST_REDUCTION;
    while (factor > 1 && frame.density() < factor) {
      factor /= 2;
    }
    return factor;
  }

  /**
   * Writes which pixels of the stored picture, in its full size, {@link #render} will read: left,
   * top, right and bottom, the latter two exclusive; room for the filter is included.
   */
  public void wanted(Orientation orientation, int[] out) {
    frame.stored(orientation, quad);
    double step = frame.coarseness();
    int room = quad.aligned() ? 2 * reduction() : (int) Math.ceil(3 * step) + 4 * reduction();
    frame.bounds(orientation, quad, room, out);
  }

  /**
   * Resamples what is seen, and applies the operations that change pixels, with the colour
   * operations before them.
   *
   * @param decoded the picture as stored, perhaps shrunk, perhaps only a part of it
   * @param orientation how to turn it upright
   * @param random the sample's generator as {@link #aim} left it
   * @param address where the size x size x 3 bytes go
   */
  public void render(Pixels decoded, Orientation orientation, SampleRandom random, long address) {
    frame.stored(orientation, quad);
    quad.into(decoded);
    target.at(address, size, size);
    if (evaluation) {
      evaluating.resample(decoded, quad, target);
    } else {
      training.resample(decoded, quad, target);
    }
    canvas.begin(address);
    for (OnCanvas operation : onPixels) {
      operation.apply(canvas, random);
    }
  }

  /**
   * Draws the colour change of the picture rendered last.
   *
   * @param address of the size x size x 3 bytes that {@link #render} wrote
   * @param random the sample's generator as {@link #render} left it
   * @param out 12 floats: the 3 x 4 matrix, row by row, that takes (r, g, b, 1), with r, g, b in
   *     0..255, to normalised channels
   */
  public void colour(long address, SampleRandom random, float[] out) {
    canvas.move(address);
    for (OnCanvas operation : onMatrix) {
      operation.apply(canvas, random);
    }
    canvas.colour().write(mean, std, out);
  }

  @Override
  public void close() {
    canvas.close();
    training.close();
    evaluating.close();
  }
}
