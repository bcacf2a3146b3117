package dev.facet.loader.decode;

import dev.facet.augment.Pixels;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/** The fast path: OpenCV with libjpeg-turbo, libpng and libwebp, into memory that is kept. */
final class OpenCvDecoder implements Decoder {
  private final Scratch encoded = new Scratch();
  private final Scratch decoded = new Scratch();
  private final EncodedBytes source = new EncodedBytes();

  @Override
  public @Nullable Pixels decode(ByteBuffer image, ImageHeader header, int reduction) {
    int length = image.remaining();
    source.set(encoded.encoded(image));
    try (Mat bytes = new Mat(1, length, opencv_core.CV_8UC1, source, length)) {
      return header.alpha() ? transparent(bytes) : opaque(bytes, header, reduction);
    } catch (RuntimeException e) {
      // What the binding makes of every C++ exception, a refused picture among them.
      return null;
    } finally {
      Reference.reachabilityFence(image);
    }
  }

  private @Nullable Pixels opaque(Mat bytes, ImageHeader header, int reduction) {
    // Only libjpeg shrinks while decoding, by rounding up; other formats would be resized after.
    int factor = header.format() == ImageFormat.JPEG ? reduction : 1;
    int width = Math.ceilDiv(header.width(), factor);
    int height = Math.ceilDiv(header.height(), factor);
    Pixels pixels = decoded.room(width, height);
    try (Mat target = pixels.mat();
        Mat result = opencv_imgcodecs.imdecode(bytes, flags(factor), target)) {
      if (result.empty()) {
        return null;
      }
      // OpenCV allocates memory of its own when the header promised another size.
      return result.data().address() == pixels.address() ? pixels : copied(result);
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
    return reduced | opencv_imgcodecs.IMREAD_COLOR_RGB | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
  }

  private @Nullable Pixels transparent(Mat bytes) {
    // The result shares the target's pixels, which are freed only when both are closed.
    try (Mat target = new Mat();
        Mat any = opencv_imgcodecs.imdecode(bytes, opencv_imgcodecs.IMREAD_UNCHANGED, target)) {
      if (any.empty()) {
        return null;
      }
      Pixels pixels = decoded.room(any.cols(), any.rows());
      return OverBlack.compose(any, pixels) ? pixels : null;
    }
  }

  private Pixels copied(Mat result) {
    Pixels pixels = decoded.room(result.cols(), result.rows());
    try (Mat target = pixels.mat()) {
      result.copyTo(target);
    }
    return pixels;
  }

  @Override
  public void close() {
    encoded.close();
    decoded.close();
  }
}
