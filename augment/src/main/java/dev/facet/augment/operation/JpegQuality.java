package dev.facet.augment.operation;

import dev.facet.augment.canvas.Canvas;
import dev.facet.base.Interval;
import dev.facet.base.Range;
import dev.facet.base.SampleRandom;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Compresses the picture as JPEG and decodes it again, for the block patterns of the web:
 * torchvision's {@code transforms.v2.JPEG}, libjpeg-turbo's quality scale, chroma at half the
 * resolution. Costs about as much as decoding a picture of this size.
 *
 * @param quality drawn uniformly and rounded, 100 is best
 * @param probability of doing so
 */
public record JpegQuality(
    @Range(min = 1, max = 100) Interval quality, @Range(min = 0, max = 1) double probability)
    implements Operation, Retouch {

  /** From visible blocks to clean, every other picture. */
  public static final JpegQuality DEFAULT = new JpegQuality(new Interval(30, 95), 0.5);

  @Override
  public void apply(Canvas canvas, SampleRandom random) {
    int drawn = (int) Math.round(random.nextDouble(quality.min(), quality.max()));
    if (random.nextDouble() >= probability) {
      return;
    }
    Mat bgr = canvas.scratch();
    opencv_imgproc.cvtColor(canvas.picture(), bgr, opencv_imgproc.COLOR_RGB2BGR);
    try (IntPointer settings = new IntPointer(opencv_imgcodecs.IMWRITE_JPEG_QUALITY, drawn);
        BytePointer encoded = new BytePointer()) {
      opencv_imgcodecs.imencode(".jpg", bgr, encoded, settings);
      // imdecode gives the target's memory back to us where sizes agree, as they do here.
      try (Mat bytes = new Mat(1, (int) encoded.limit(), opencv_core.CV_8UC1, encoded);
          Mat decoded = opencv_imgcodecs.imdecode(bytes, opencv_imgcodecs.IMREAD_COLOR_RGB)) {
        canvas.show(decoded);
      }
    }
  }
}
