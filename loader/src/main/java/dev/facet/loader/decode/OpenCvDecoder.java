package dev.facet.loader.decode;

import dev.facet.augment.memory.MatHeader;
import dev.facet.augment.memory.Pixels;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.header.ImageFormat;
import dev.facet.loader.header.ImageHeader;
import dev.facet.loader.header.PngHeader;
import java.lang.ref.Reference;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/**
 * The fast path: OpenCV with libjpeg-turbo, libpng and libwebp, into memory that is kept. The only
 * object per picture is the matrix in which the binding returns the result.
 */
final class OpenCvDecoder implements Decoder {
  private static final int OPAQUE =
      opencv_imgcodecs.IMREAD_COLOR_RGB | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;

  private final Scratch encoded = new Scratch();
  private final Scratch decoded = new Scratch();
  private final Scratch raw = new Scratch();
  private final MatHeader source = new MatHeader();
  private final MatHeader target = new MatHeader();
  private final AlphaBackground background;

  OpenCvDecoder(AlphaBackground background) {
    this.background = background;
  }

  @Override
  public @Nullable Pixels decode(
      EncodedImage image, ImageHeader header, int reduction, int @Nullable [] wanted) {
    int length = image.length();
    Mat bytes = source.at(encoded.encoded(image), 1, length, opencv_core.CV_8UC1, length);
    try {
      return header.alpha() ? transparent(bytes, image, header) : opaque(bytes, header, reduction);
    } catch (RuntimeException e) {
      // What the binding makes of every C++ exception, a refused picture among them.
      return null;
    } finally {
      Reference.reachabilityFence(image.memory());
    }
  }

  private @Nullable Pixels opaque(Mat bytes, ImageHeader header, int reduction) {
    // Only libjpeg shrinks while decoding, by rounding up; other formats would be resized after.
    int factor = header.format() == ImageFormat.JPEG ? reduction : 1;
    int width = Math.ceilDiv(header.width(), factor);
    int height = Math.ceilDiv(header.height(), factor);
    Pixels pixels = decoded.room(width, height);
    pixels.covering(0, 0, (double) width * factor, (double) height * factor);
    try (Mat result = opencv_imgcodecs.imdecode(bytes, flags(factor), target.at(pixels))) {
      // OpenCV allocates memory of its own when the header promised another size.
      boolean here = !result.empty() && MatHeader.address(result) == pixels.address();
      return here ? pixels : null;
    }
  }

  private static int flags(int factor) {
    int reduced =
        switch (factor) {
          case 2 -> opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_2;
          case 4 -> opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_4;
          case 8 -> opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_8;
          default -> 0;
        };
    // "Grey" is the mere scale bit; the colour constants hold it together with BGR order.
    return reduced | OPAQUE;
  }

  private @Nullable Pixels transparent(Mat bytes, EncodedImage image, ImageHeader header) {
    int width = header.width();
    int height = header.height();
    long memory = raw.atLeast(4L * width * height);
    Mat room = target.at(memory, height, width, opencv_core.CV_8UC4, 4L * width);
    try (Mat any = opencv_imgcodecs.imdecode(bytes, opencv_imgcodecs.IMREAD_UNCHANGED, room)) {
      if (any.empty() || any.cols() != width || any.rows() != height) {
        return null;
      }
      long key = header.format() == ImageFormat.PNG ? PngHeader.key(image) : PngHeader.NO_KEY;
      Pixels pixels = decoded.room(width, height);
      // Rows are dense in every matrix that OpenCV allocates.
      long stride = any.elemSize() * width;
      boolean complete =
          background.compose(MatHeader.address(any), any.type(), stride, key, pixels);
      return complete ? pixels : null;
    }
  }

  @Override
  public String library() {
    return "OpenCV " + opencv_core.CV_VERSION;
  }

  @Override
  public void close() {
    source.close();
    target.close();
    encoded.close();
    decoded.close();
    raw.close();
  }
}
