package dev.facet.loader.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.augment.memory.Pixels;
import dev.facet.loader.Pictures;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.header.Headers;
import dev.facet.loader.header.ImageHeader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What only a libturbojpeg 3 does; {@link RegionsTest} holds with any decoder. */
@Tag("turbojpeg")
class TurboJpegTest {
  @Test
  void aSmallRegionIsDecodedByItAndSmall() throws Exception {
    EncodedImage image = EncodedImage.of(Pictures.jpeg(Pictures.busy(640, 480, 5)));
    ImageHeader header = Headers.read(image);
    try (PictureDecoder decoder = new PictureDecoder(DecodeSettings.DEFAULT)) {
      assertThat(decoder.library()).startsWith("libturbojpeg 3");
      Pixels part = decoder.decode(image, header, 2, new int[] {320, 240, 420, 340});
      assertThat(decoder.lastLibrary()).startsWith("libturbojpeg 3");
      assertThat(part.coverWidth()).isEqualTo(2.0 * part.width());
      assertThat((long) part.width() * part.height()).isLessThan(80 * 60);
    }
  }
}
