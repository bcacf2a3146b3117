package dev.facet.loader.encode;

import dev.facet.augment.memory.MatHeader;
import dev.facet.augment.memory.NativeBlock;
import dev.facet.augment.memory.OpenCv;
import dev.facet.augment.memory.Pixels;
import java.util.Locale;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Encodes pictures through OpenCV: libjpeg-turbo, libpng, libwebp. The same everywhere: a
 * libturbojpeg that this machine may have is not asked, lest shards differ from machine to machine.
 * One per thread; owns that thread's native memory.
 *
 * <p>JPEGs have their colours at half the resolution (4:2:0) below quality {@value #FULL_COLOUR},
 * at the full one (4:4:4) from there on: who asks for so much quality wants no halved colours.
 */
public final class PictureEncoder implements AutoCloseable {
  static {
    OpenCv.load();
  }

  private static final int FULL_COLOUR = 95;

  private final String extension;
  private final IntPointer parameters;
  private final NativeBlock block = new NativeBlock();
  private final MatHeader from = new MatHeader();
  private final MatHeader to = new MatHeader();

  /**
   * @param quality of JPEG and WebP, 1 to 100
   */
  public PictureEncoder(PictureFormat format, int quality) {
    this.extension = "." + format.name().toLowerCase(Locale.ROOT);
    this.parameters =
        switch (format) {
          case JPEG ->
              new IntPointer(
                  opencv_imgcodecs.IMWRITE_JPEG_QUALITY,
                  quality,
                  opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR,
                  quality < FULL_COLOUR
                      ? opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_420
                      : opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_444);
          case WEBP -> new IntPointer(opencv_imgcodecs.IMWRITE_WEBP_QUALITY, quality);
          case PNG -> new IntPointer(opencv_imgcodecs.IMWRITE_PNG_COMPRESSION, 6);
        };
  }

  /** The bytes of a picture, without metadata; its pixels are taken for sRGB. */
  public byte[] encode(Pixels pixels) {
    long stride = 3L * pixels.width();
    Mat bgr =
        to.at(
            block.atLeast(stride * pixels.height()),
            pixels.height(),
            pixels.width(),
            opencv_core.CV_8UC3,
            stride);
    opencv_imgproc.cvtColor(from.at(pixels), bgr, opencv_imgproc.COLOR_RGB2BGR);
    try (BytePointer encoded = new BytePointer()) {
      if (!opencv_imgcodecs.imencode(extension, bgr, encoded, parameters)) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "%dx%d pixels cannot be encoded as %s",
                pixels.width(),
                pixels.height(),
                extension));
      }
      byte[] bytes = new byte[Math.toIntExact(encoded.limit())];
      encoded.get(bytes);
      return bytes;
    }
  }

  @Override
  public void close() {
    parameters.close();
    block.close();
    from.close();
    to.close();
  }
}
