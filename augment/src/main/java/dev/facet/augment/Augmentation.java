package dev.facet.augment;

import dev.facet.augment.operation.Brightness;
import dev.facet.augment.operation.Contrast;
import dev.facet.augment.operation.FaceBox;
import dev.facet.augment.operation.Geometry;
import dev.facet.augment.operation.Mirror;
import dev.facet.augment.operation.MirroredCaptions;
import dev.facet.augment.operation.Operation;
import dev.facet.augment.operation.RandomResizedCrop;
import dev.facet.augment.operation.Retouch;
import dev.facet.augment.resample.CropRounding;
import dev.facet.augment.resample.Interpolation;
import dev.facet.augment.resample.ResizeMode;
import dev.facet.base.FacetException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a picture between decoding and the model: operations in this order, then whatever
 * makes it a square.
 *
 * @param operations geometry before anything that changes pixels, as all geometry is one resampling
 *     of the decoded picture; colour anywhere. A {@link FaceBox} comes first of the geometry
 * @param resizeMode how the frame becomes a square if no operation makes it one
 * @param interpolation evaluation's filter; training is bilinear, with area averaging
 * @param rounding where evaluation cuts out the centre
 * @param evaluation nothing at random, resampling in agreement with Pillow; the only operation may
 *     be a {@link FaceBox} without jitter
 */
public record Augmentation(
    List<Operation> operations,
    ResizeMode resizeMode,
    Interpolation interpolation,
    CropRounding rounding,
    boolean evaluation) {

  /** Mild: the face, most of it, a little brighter or flatter. */
  public static final Augmentation DEFAULT =
      training(
          List.of(
              FaceBox.DEFAULT, RandomResizedCrop.DEFAULT, Brightness.DEFAULT, Contrast.DEFAULT));

  /**
   * Checks the order.
   *
   * @throws FacetException usage, if operations stand where they cannot work
   */
  public Augmentation {
    operations = List.copyOf(operations);
    if (evaluation && !operations.stream().allMatch(Augmentation::isFixed)) {
      throw FacetException.usage(
          "evaluation takes no operation but a face_box without jitter: "
              + operations.stream().map(Spelling::of).collect(Collectors.joining(", ")));
    }
    Operation painted = null;
    boolean moved = false;
    boolean flipped = false;
    for (Operation operation : operations) {
      if (operation instanceof Geometry) {
        if (painted != null) {
          throw wrong(
              operation, "stands after", painted, "geometry is one resampling: put it first");
        }
        if (moved && operation instanceof FaceBox) {
          throw FacetException.usage(
              "augment: face_box must be the first of the geometry, once: boxes refer to the whole"
                  + " picture");
        }
        if (flipped && operation instanceof Mirror) {
          throw FacetException.usage("augment: flip is listed twice; one is enough");
        }
        moved = true;
        flipped |= operation instanceof Mirror;
      } else if (operation instanceof Retouch) {
        painted = operation;
      }
    }
  }

  private static boolean isFixed(Operation operation) {
    return operation instanceof FaceBox box && box.jitter() == 0;
  }

  private static FacetException wrong(Operation what, String how, Operation other, String cure) {
    return FacetException.usage(
        "augment: %s %s %s; %s".formatted(Spelling.of(what), how, Spelling.of(other), cure));
  }

  /** Random variation; the centre is cut out if no operation makes a square. */
  public static Augmentation training(List<Operation> operations) {
    return training(operations, ResizeMode.SHORTEST, Interpolation.BICUBIC);
  }

  /** The same where pictures that no operation makes square become so in another way. */
  public static Augmentation training(
      List<Operation> operations, ResizeMode resizeMode, Interpolation interpolation) {
    return new Augmentation(operations, resizeMode, interpolation, CropRounding.DOWN, false);
  }

  /**
   * Nothing at random, and a centre that is rounded down.
   *
   * @param box how to cut to the face, null to see the whole picture; jitter is left out
   */
  public static Augmentation evaluation(
      @Nullable FaceBox box, ResizeMode resizeMode, Interpolation interpolation) {
    List<Operation> operations =
        box == null ? List.of() : List.of(new FaceBox(box.margin(), 0, box.square()));
    return new Augmentation(operations, resizeMode, interpolation, CropRounding.DOWN, true);
  }

  /** The same with the centre cut out elsewhere. */
  public Augmentation rounded(CropRounding otherwise) {
    return new Augmentation(operations, resizeMode, interpolation, otherwise, evaluation);
  }

  /**
   * CLIP's own transform as Hugging Face's processor has it, of the square around the face where
   * there is one.
   */
  public static Augmentation evaluation(double boxMargin) {
    return evaluation(new FaceBox(boxMargin), ResizeMode.SHORTEST, Interpolation.BICUBIC);
  }

  /** What the operations are called in a config, in the order in which they act. */
  public List<String> names() {
    return acting().map(Spelling::name).toList();
  }

  /**
   * The same with the first operations alone, in the order in which they act: drawn with the same
   * random numbers, the picture before the next one changed it.
   */
  public Augmentation first(int count) {
    return new Augmentation(
        acting().limit(count).toList(), resizeMode, interpolation, rounding, evaluation);
  }

  /** All geometry is one resampling before anything else. */
  private Stream<Operation> acting() {
    return Stream.concat(
        operations.stream().filter(Geometry.class::isInstance),
        operations.stream().filter(operation -> !(operation instanceof Geometry)));
  }

  /** Whether a face box decides what of a picture is seen. */
  public boolean cutsToFaces() {
    return operations.stream().anyMatch(FaceBox.class::isInstance);
  }

  /** What mirroring means for captions; {@link MirroredCaptions#KEEP} if nothing is mirrored. */
  public MirroredCaptions mirroredCaptions() {
    for (Operation operation : operations) {
      if (operation instanceof Mirror flip) {
        return flip.captions();
      }
    }
    return MirroredCaptions.KEEP;
  }
}
