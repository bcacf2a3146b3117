package dev.facet.prepare.photo;

import dev.facet.augment.memory.Pixels;
import dev.facet.base.Sha256;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.decode.DecodeSettings;
import dev.facet.loader.decode.PictureDecoder;
import dev.facet.loader.header.ForeignFormat;
import dev.facet.loader.header.Headers;
import dev.facet.loader.header.ImageHeader;
import dev.facet.loader.header.PictureEnd;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of pictures: empty or not, which format by content, how large by the header, then
 * all pixels, strictly. One per thread; owns that thread's native memory.
 */
public final class PhotoReader implements AutoCloseable {
  /** Every pixel. */
  public static final ToIntFunction<PhotoHeader> FULL = header -> 1;

  /**
   * Pixels of the shorter side that the perceptual hash wants at least, where there are so many.
   */
  private static final int LEAST_SIDE = 128;

  private final DecodeSettings settings;
  private final PictureDecoder decoder;
  private final PerceptualHash.Maker hashes = new PerceptualHash.Maker();
  private final MessageDigest sha256 = Sha256.digest();

  /**
   * @param limits of pixels and bytes, and what lies beneath transparent parts; what was cut off is
   *     refused and colour profiles are converted, whatever it says
   */
  public PhotoReader(DecodeSettings limits) {
    this.settings =
        new DecodeSettings(limits.maxPixels(), limits.maxBytes(), false, limits.background(), true);
    this.decoder = new PictureDecoder(settings);
  }

  /** As {@link #read(EncodedImage, ToIntFunction)}, of bytes on the heap. */
  public PhotoReading read(byte[] bytes, ToIntFunction<PhotoHeader> reduction) {
    return read(EncodedImage.of(bytes), reduction);
  }

  /**
   * Reads one picture.
   *
   * @param reduction asked once the header is known: 1, 2, 4 or 8, by which a JPEG may be shrunk
   *     while it is decoded; {@link #FULL} for every pixel
   */
  public PhotoReading read(EncodedImage image, ToIntFunction<PhotoHeader> reduction) {
    if (image.length() == 0) {
      return new Unreadable("empty_body", "0 bytes");
    }
    if (Headers.format(image) == null) {
      return foreign(ForeignFormat.key(image));
    }
    if (image.length() > settings.maxBytes()) {
      return new Unreadable(
          "too_large",
          String.format(
              Locale.ROOT,
              "%d bytes, more than the limit of %d",
              image.length(),
              settings.maxBytes()));
    }
    try {
      ImageHeader header = decoder.inspect(image);
      PhotoHeader known =
          new PhotoHeader(header.format(), header.width(), header.height(), header.orientation());
      int factor = Math.min(reduction.applyAsInt(known), mostReduction(known));
      Pixels pixels = decoder.decode(image, header, factor);
      if (decoder.guessed()) {
        return damaged(image, decoder.remark());
      }
      return new Photo(known, image, digest(image), hashes.of(pixels), pixels);
    } catch (BadSampleException e) {
      return switch (e.reason()) {
        case TOO_LARGE -> new Unreadable(excess(image), String.valueOf(e.getMessage()));
        case UNSUPPORTED ->
            new Unreadable("unsupported_" + kind(image), String.valueOf(e.getMessage()));
        default -> damaged(image, e.getMessage());
      };
    } catch (RuntimeException e) {
      // One strange picture among millions, which no reader foresaw, must not end a run of days.
      return damaged(image, e.toString());
    }
  }

  private static Unreadable foreign(String key) {
    return switch (key) {
      case "avif", "heif", "jxl", "jp2", "psd" ->
          new Unreadable("unsupported_" + key, key.toUpperCase(Locale.ROOT) + " cannot be read");
      default -> new Unreadable("not_an_image", "no picture but " + key);
    };
  }

  /** A format that is read in most of its kinds, but not in this. */
  private static String kind(EncodedImage image) {
    return String.valueOf(Headers.format(image)).toLowerCase(Locale.ROOT);
  }

  /** Which limit a picture goes beyond. */
  private String excess(EncodedImage image) {
    try {
      long pixels = Headers.read(image).pixels();
      return pixels > settings.maxPixels() ? "too_many_pixels" : "extreme_aspect";
    } catch (BadSampleException e) {
      return "too_many_scans"; // of a JPEG, each of which would go over all pixels
    }
  }

  private static Unreadable damaged(EncodedImage image, @Nullable String message) {
    String reason = PictureEnd.isThere(image) ? "damaged" : "truncated";
    return new Unreadable(reason, String.valueOf(message));
  }

  private static int mostReduction(PhotoHeader header) {
    int most = 8;
    while (most > 1 && Math.min(header.width(), header.height()) / most < LEAST_SIDE) {
      most /= 2;
    }
    return most;
  }

  private String digest(EncodedImage image) {
    sha256.update(image.asByteBuffer());
    return HexFormat.of().formatHex(sha256.digest());
  }

  @Override
  public void close() {
    decoder.close();
    hashes.close();
  }
}
