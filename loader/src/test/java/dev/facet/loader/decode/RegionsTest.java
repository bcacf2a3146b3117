package dev.facet.loader.decode;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facet.augment.memory.NativeMemory;
import dev.facet.augment.memory.Pixels;
import dev.facet.loader.Pictures;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.header.Headers;
import dev.facet.loader.header.ImageHeader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of JPEGs, by whichever decoder this machine has: libturbojpeg 3, else OpenCV. */
class RegionsTest {
  private static final DecodeSettings SETTINGS = DecodeSettings.DEFAULT;

  private static int level(Pixels pixels, int x, int y, int c) {
    long at = pixels.address() + y * pixels.stride() + 3L * x + c;
    return NativeMemory.ALL.get(ValueLayout.JAVA_BYTE, at) & 0xff;
  }

  private static byte[] progressive(BufferedImage image) throws Exception {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    }
    writer.dispose();
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void aRegionHoldsThePixelsOfTheWholePicture(int reduction) throws Exception {
    BufferedImage picture = Pictures.busy(331, 217, 3);
    Random random = new Random(reduction);
    for (byte[] jpeg : new byte[][] {Pictures.jpeg(picture), progressive(picture)}) {
      EncodedImage image = EncodedImage.of(jpeg);
      ImageHeader header = Headers.read(image);
      try (OpenCvDecoder whole = new OpenCvDecoder(new AlphaBackground(0));
          PictureDecoder region = new PictureDecoder(SETTINGS)) {
        Pixels all = requireNonNull(whole.decode(image, header, reduction, null));
        for (int i = 0; i < 40; i++) {
          int left = random.nextInt(320);
          int top = random.nextInt(210);
          int right = left + 1 + random.nextInt(331 - left);
          int bottom = top + 1 + random.nextInt(217 - top);
          int[] wanted = {left, top, right, bottom};
          Pixels part = region.decode(image, header, reduction, wanted);
          assertSame(all, part, wanted, reduction);
        }
      }
    }
  }

  /** Compares the wanted part of a region with that of the whole picture. */
  private static void assertSame(Pixels all, Pixels part, int[] wanted, int reduction) {
    assertThat(part.coverX()).isLessThanOrEqualTo(wanted[0]);
    assertThat(part.coverY()).isLessThanOrEqualTo(wanted[1]);
    assertThat(part.coverX() + part.coverWidth()).isGreaterThanOrEqualTo(wanted[2]);
    assertThat(part.coverY() + part.coverHeight()).isGreaterThanOrEqualTo(wanted[3]);
    int x0 = (int) part.coverX() / reduction;
    int y0 = (int) part.coverY() / reduction;
    for (int y = wanted[1] / reduction; y < Math.ceilDiv(wanted[3], reduction); y++) {
      for (int x = wanted[0] / reduction; x < Math.ceilDiv(wanted[2], reduction); x++) {
        for (int c = 0; c < 3; c++) {
          assertThat(level(part, x - x0, y - y0, c))
              .as("%d, %d of %d", x, y, reduction)
              .isCloseTo(level(all, x, y, c), within(2));
        }
      }
    }
  }

  @Test
  void theLibraryInUseIsNamed() {
    try (PictureDecoder decoder = new PictureDecoder(SETTINGS)) {
      assertThat(decoder.library()).matches("(libturbojpeg 3|OpenCV 4)\\..*");
    }
  }
}
