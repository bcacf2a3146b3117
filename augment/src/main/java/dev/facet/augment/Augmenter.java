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
 * Turns a picture into a square of the wanted size: chooses what is seen, has that decoded,
 * resamples it once, changes its pixels, and draws the colour change. All random numbers come from
 * the sample's own generator, in the order of the operations. One per thread; not thread-safe.
 * Without operations that change pixels, nothing is allocated per picture.
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
  private final int[] wanted = new int[4];
  private final Pixels target = new Pixels();
  private final Variation variation = new Variation();
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
   * Makes one square.
   *
   * @param box face box in the upright picture: left, top, right, bottom, in pixels; null if there
   *     is none
   * @param mayMirror false if a mirrored picture would not fit its caption; the random numbers
   *     drawn are the same
   * @param address where the size x size x 3 bytes go: red, green, blue
   * @return the same object every time; null, and nothing was decoded, if the box is to be used and
   *     is inverted, empty, not finite or outside the picture
   * @throws E if the picture cannot be decoded
   */
  public <E extends Exception> @Nullable Variation vary(
      StoredPicture<E> picture,
      double @Nullable [] box,
      boolean mayMirror,
      SampleRandom random,
      long address)
      throws E {
    if (!aim(picture.shownWidth(), picture.shownHeight(), box, mayMirror, random)) {
      return null;
    }
    int reduction = reduction();
    Orientation orientation = picture.orientation();
    frame.stored(orientation, quad);
    frame.bounds(orientation, quad, room(reduction), wanted);
    Pixels decoded = picture.decode(reduction, wanted);
    quad.into(decoded);
    target.at(address, size, size);
    if (evaluation) {
      evaluating.resample(decoded, quad, target);
    } else {
      training.resample(decoded, quad, target);
    }
    paint(address, random);
    variation.mirrored = frame.mirrored();
    return variation;
  }

  /** Moves the frame to what is seen; false if the box shows nothing. */
  private boolean aim(
      int width, int height, double @Nullable [] box, boolean mayMirror, SampleRandom random) {
    frame.whole(width, height, box, mayMirror);
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

  /**
   * The largest power of two, at most 8, by which the decoder may shrink the picture while what is
   * seen still has at least the wanted size. Evaluation decodes in full, to be comparable with
   * others.
   */
  private int reduction() {
    int factor = evaluation ? 1 : MOST_REDUCTION;
    while (factor > 1 && frame.density() < factor) {
      factor /= 2;
    }
    return factor;
  }

  /** How many pixels around the frame the filters read, of the picture in full size. */
  private int room(int reduction) {
    return quad.aligned() ? 2 * reduction : (int) Math.ceil(3 * frame.coarseness()) + 4 * reduction;
  }

  /** Operations that change pixels, with the colour operations before them; then the matrix. */
  private void paint(long address, SampleRandom random) {
    canvas.begin(address);
    for (OnCanvas operation : onPixels) {
      operation.apply(canvas, random);
    }
    for (OnCanvas operation : onMatrix) {
      operation.apply(canvas, random);
    }
    canvas.colour().write(mean, std, variation.colour);
  }

  @Override
  public void close() {
    canvas.close();
    training.close();
    evaluating.close();
  }
}
