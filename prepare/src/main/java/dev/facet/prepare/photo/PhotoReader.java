package dev.facet.prepare.photo;

import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.decode.DecodeSettings;
import dev.facet.loader.decode.PictureDecoder;
import java.util.function.ToIntFunction;

/**
 * Reads the bytes of pictures: empty or not, an HTML page or not, which format, how large by the
 * header, then all pixels, strictly. One per thread; owns that thread's native memory.
 */
public final class PhotoReader implements AutoCloseable {
  /** Every pixel. */
  public static final ToIntFunction<PhotoHeader> FULL = header -> 1;

  private final PictureDecoder decoder;

  /**
   * @param limits of pixels and bytes, what lies beneath transparent parts; what was cut off is
   *     refused and colour profiles are converted, whatever it says
   */
  public PhotoReader(DecodeSettings limits) {
    this.decoder =
        new PictureDecoder(
            new DecodeSettings(
                limits.maxPixels(), limits.maxBytes(), false, limits.background(), true));
  }

  /** As {@link #read(EncodedImage, ToIntFunction)}, of bytes on the heap. */
  public PhotoReading read(byte[] bytes, ToIntFunction<PhotoHeader> reduction) {
    return read(EncodedImage.of(bytes), reduction);
  }

  /**
   * Reads one picture.
   *
   * @param reduction asked once the header is known: 1, 2, 4 or 8, by which a JPEG is shrunk while
   *     it is decoded; {@link #FULL} for every pixel
   */
  public PhotoReading read(EncodedImage image, ToIntFunction<PhotoHeader> reduction) {
    return new Unreadable("not_an_image", "not yet");
  }

  @Override
  public void close() {
    decoder.close();
  }
}
