package dev.facet.loader.decode;

import dev.facet.augment.geometry.Orientation;
import dev.facet.augment.memory.NativeMemory;
import dev.facet.augment.memory.Pixels;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.header.ColourProfile;
import dev.facet.loader.header.ForeignFormat;
import dev.facet.loader.header.Headers;
import dev.facet.loader.header.ImageFormat;
import dev.facet.loader.header.ImageHeader;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the loader sees in one picture, or why it refuses it. Of a refused picture what its header
 * says is given if it could be read; else numbers are 0.
 *
 * @param format by the first bytes: jpeg, png, webp, gif, bmp, tiff; of files that cannot be read,
 *     avif, heif, html, empty and the like, or unknown
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
 * @param remark what the library said that decoded it, of data it had to guess; null if nothing
 */
public record DecodeReport(
    String format,
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
    @Nullable String message,
    @Nullable String remark) {

  /** Decodes the whole picture at full size. */
  public static DecodeReport of(byte[] file, DecodeSettings settings) {
    return of(EncodedImage.of(file), settings);
  }

  /** Decodes the whole picture at full size. */
  public static DecodeReport of(EncodedImage image, DecodeSettings settings) {
    ImageHeader header = null;
    try (PictureDecoder decoder = new PictureDecoder(settings)) {
      decoder.checkBytes(image);
      header = Headers.read(image);
      decoder.checkPixels(header);
      List<Double> mean = mean(decoder.decode(image, header, 1));
      return of(image, header, decoder, mean, null);
    } catch (BadSampleException e) {
      return of(image, header, null, null, e);
    }
  }

  private static DecodeReport of(
      EncodedImage image,
      @Nullable ImageHeader header,
      @Nullable PictureDecoder decoder,
      @Nullable List<Double> mean,
      @Nullable BadSampleException bad) {
    ImageFormat known = Headers.format(image);
    String format =
        known == null ? ForeignFormat.key(image) : known.name().toLowerCase(Locale.ROOT);
    Reason reason = bad == null ? null : bad.reason();
    String message = bad == null ? null : bad.getMessage();
    String library = decoder == null ? null : decoder.lastLibrary();
    String remark = decoder == null ? null : decoder.remark();
    if (header == null) {
      return new DecodeReport(
          format, 0, 0, 0, 0, 0, 0, 0, false, library, mean, reason, message, remark);
    }
    byte[] profile = ColourProfile.bytes(image, header);
    return new DecodeReport(
        format,
        header.width(),
        header.height(),
        header.shownWidth(),
        header.shownHeight(),
        tag(header.orientation()),
        header.frames(),
        profile == null ? header.iccBytes() : profile.length,
        header.alpha(),
        library,
        mean,
        reason,
        message,
        remark);
  }

  private static int tag(Orientation orientation) {
    int tag = 1;
    while (Orientation.ofTag(tag) != orientation) {
      tag++;
    }
    return tag;
  }

  private static List<Double> mean(Pixels pixels) {
    long[] sum = new long[3];
    for (int y = 0; y < pixels.height(); y++) {
      long row = pixels.address() + y * pixels.stride();
      for (int x = 0; x < 3 * pixels.width(); x++) {
        sum[x % 3] += NativeMemory.ALL.get(ValueLayout.JAVA_BYTE, row + x) & 0xff;
      }
    }
    double count = (double) pixels.width() * pixels.height();
    return List.of(sum[0] / count, sum[1] / count, sum[2] / count);
  }
}
