package dev.facet.prepare.face;

import dev.facet.augment.geometry.Frame;
import dev.facet.augment.geometry.Quad;
import dev.facet.augment.memory.NativeBlock;
import dev.facet.augment.memory.Pixels;
import dev.facet.augment.resample.Interpolation;
import dev.facet.augment.resample.PillowResampler;
import dev.facet.augment.resample.UprightCut;
import dev.facet.loader.encode.PictureEncoder;
import dev.facet.prepare.photo.Photo;
import dev.facet.prepare.photo.PhotoHeader;
import java.util.List;

/**
 * Cuts faces out of photos. Results are upright sRGB pixels, resized with Pillow's bicubic filter.
 * One per thread; owns that thread's native memory.
 */
public final class Cropper implements AutoCloseable {
  /** Pixels of the longer side that are decoded at least of what is only looked at. */
  private static final int LOOK = 256;

  private final Framing framing;
  private final PictureEncoder encoder;
  private final PillowResampler resampler = new PillowResampler(Interpolation.BICUBIC);
  private final UprightCut upright = new UprightCut();
  private final NativeBlock block = new NativeBlock();
  private final Frame frame = new Frame(1);
  private final Quad quad = new Quad();
  private final Pixels resized = new Pixels();

  /** For one way of cutting. */
  public Cropper(CropSettings settings) {
    this.framing = new Framing(settings);
    this.encoder = new PictureEncoder(settings.format(), settings.quality());
  }

  /**
   * What is to be cut out, nothing decoded yet.
   *
   * @param faces of one row, as {@link FaceBoxes} read them
   * @return one for each sample or loss of the row
   */
  public List<Cutting> plan(PhotoHeader photo, List<Face> faces) {
    return framing.plan(photo, faces);
  }

  /**
   * The most by which a JPEG may be shrunk while it is decoded: 1, 2, 4 or 8.
   *
   * @param cuts of all rows of the photo
   */
  public int reduction(PhotoHeader photo, List<Cutting> cuts) {
    int most = 8;
    for (Cutting cutting : cuts) {
      if (cutting instanceof Cutting.Cut cut) {
        most = Math.min(most, reduction(photo, cut));
      }
    }
    return most;
  }

  private static int reduction(PhotoHeader photo, Cutting.Cut cut) {
    int width = cut.right() - cut.left();
    int height = cut.bottom() - cut.top();
    double longer = Math.max(cut.width(), cut.height());
    double needed = cut.keepsBytes(photo) ? Math.min(1, LOOK / longer) : 1;
    int reduction = 8;
    while (reduction > 1
        && (width < reduction * needed * cut.width()
            || height < reduction * needed * cut.height())) {
      reduction /= 2;
    }
    return reduction;
  }

  /**
   * Cuts one out.
   *
   * @param photo decoded no smaller than {@link #reduction} says
   * @return valid until the next call, and as long as the photo
   */
  public Crop crop(Photo photo, Cutting.Cut cut) {
    PhotoHeader header = photo.header();
    frame.whole(header.shownWidth(), header.shownHeight(), null, false);
    frame.cut(cut.left(), cut.top(), cut.right() - cut.left(), cut.bottom() - cut.top());
    frame.stored(header.orientation(), quad);
    quad.into(photo.pixels());
    Pixels shown = upright.of(photo.pixels(), quad);
    boolean fits = shown.width() == cut.width() && shown.height() == cut.height();
    if (fits || cut.keepsBytes(header)) {
      return new Crop(photo, cut, shown, encoder);
    }
    resized.at(block.atLeast(3L * cut.width() * cut.height()), cut.width(), cut.height());
    resampler.resize(shown, cut.width(), cut.height(), 0, 0, resized);
    return new Crop(photo, cut, resized, encoder);
  }

  @Override
  public void close() {
    encoder.close();
    resampler.close();
    upright.close();
    block.close();
  }
}
