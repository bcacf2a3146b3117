package dev.facet.loader.decode;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.header.ImageHeader;
import dev.facet.loader.header.JpegScans;
import java.awt.image.Raster;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Whether a JPEG that lacks its end marker lacks nothing else, as those of some cameras and
 * streams. Of one that was cut off, decoders make a picture whose lower part is grey.
 */
final class JpegEnd {
  private JpegEnd() {}

  /**
   * Decodes it with a reader that tells what it misses, which the fast ones do not.
   *
   * @param ended the picture with an end marker put behind it
   */
  static boolean isAllThere(EncodedImage ended, ImageHeader header) throws BadSampleException {
    if (!JpegScans.areComplete(ended)) {
      return false;
    }
    AtomicBoolean misses = new AtomicBoolean();
    @Nullable Raster raster =
        ImageIoReading.of(
            ended,
            header,
            "JPEG",
            reader -> {
              reader.addIIOReadWarningListener((source, warning) -> misses.set(true));
              return reader.readRaster(0, null);
            });
    return raster != null && !misses.get();
  }
}
