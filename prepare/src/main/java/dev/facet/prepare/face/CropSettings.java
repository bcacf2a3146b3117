package dev.facet.prepare.face;

import dev.facet.base.Range;
import dev.facet.loader.encode.PictureFormat;
import dev.facet.loader.picture.BoxSpace;

/**
 * What is cut out of a photo and how it is stored.
 *
 * @param region what becomes a sample: every face, or the whole picture
 * @param withoutBox what becomes of a row that names no box, where faces are cut out
 * @param boxSpace which picture the numbers of boxes refer to
 * @param margin added on each side, as a share of the box's width and height; 0.25 makes 1.5 times
 *     the size
 * @param square whether the shorter side of what is cut out is widened to the longer
 * @param edge what happens where that reaches out of the picture
 * @param minFace pixels of a box's shorter side below which a face is left out; 0 keeps all
 * @param size pixels of the side named by {@code sized}; 0 leaves the size as it is
 * @param sized which side is brought to {@code size}
 * @param enlarge whether pictures that are smaller are enlarged
 * @param format of what must be encoded anew
 * @param quality of JPEG and WebP, 1 to 100
 */
public record CropSettings(
    Region region,
    WithoutBox withoutBox,
    BoxSpace boxSpace,
    @Range(min = 0, max = 10) double margin,
    boolean square,
    Edge edge,
    @Range(min = 0, max = 65_535) int minFace,
    @Range(min = 0, max = 8192) int size,
    Sized sized,
    boolean enlarge,
    PictureFormat format,
    @Range(min = 1, max = 100) int quality) {

  /** What becomes a sample. */
  public enum Region {
    /** Each face is one. */
    FACE,
    /** The whole picture is one; the box of a single face goes with it. */
    WHOLE
  }

  /** What becomes of a row that names no box. */
  public enum WithoutBox {
    /** It is counted as {@code no_box}. */
    DROP,
    /** Its sample is the whole picture. */
    WHOLE
  }

  /** What happens where a widened box reaches out of the picture. */
  public enum Edge {
    /** It is cut off there, as the authors of FaceCaption-15M do. */
    CUT,
    /** It is moved inwards as far as there is room, and cut only where there is none. */
    SHIFT
  }

  /** Which side is brought to the wanted length; the other follows. */
  public enum Sized {
    LONGER,
    SHORTER
  }

  /** Squares of 1.5 times the box, as its authors cut them, in their own size. */
  public static final CropSettings DEFAULT =
      new CropSettings(
          Region.FACE,
          WithoutBox.DROP,
          BoxSpace.STORED,
          0.25,
          true,
          Edge.CUT,
          0,
          0,
          Sized.SHORTER,
          false,
          PictureFormat.JPEG,
          95);
}
