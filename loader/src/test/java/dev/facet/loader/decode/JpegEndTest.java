package dev.facet.loader.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.augment.geometry.Orientation;
import dev.facet.loader.Pictures;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.header.Headers;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JPEGs that lack their end marker, and orientations of every type of number. */
class JpegEndTest {
  private static byte[] jpeg(boolean progressive) throws Exception {
    BufferedImage image = Pictures.busy(120, 90, 11);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setProgressiveMode(
        progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    }
    writer.dispose();
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void withoutItsEndMarkerAWholeJpegIsReadAsWithIt(boolean progressive) throws Exception {
    byte[] whole = jpeg(progressive);
    byte[] unmarked = Arrays.copyOf(whole, whole.length - 2);
    assertThat(Seen.pixels(unmarked)).isEqualTo(Seen.pixels(whole));
    byte[] half = Arrays.copyOf(whole, whole.length - 1);
    assertThat(Seen.pixels(half)).isEqualTo(Seen.pixels(whole));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatLacksMoreThanThatIsCutOff(boolean progressive) throws Exception {
    byte[] whole = jpeg(progressive);
    for (int length = whole.length - 4; length > 100; length -= 97) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Seen.pixels(cut)).isInstanceOf(BadSampleException.class);
    }
  }

  @Test
  void aProgressiveJpegThatLacksItsLastScansIsCutOff() throws Exception {
    byte[] whole = jpeg(true);
    int scan = whole.length - 2;
    while (whole[scan] != (byte) 0xff || whole[scan + 1] != (byte) 0xda) {
      scan--;
    }
    byte[] cut = Arrays.copyOf(whole, scan);
    assertThatThrownBy(() -> Seen.pixels(cut)).hasMessageContaining("no end marker");
  }

  @Test
  void zerosInPlaceOfTheRestAreNoPixels() throws Exception {
    byte[] whole = jpeg(false);
    byte[] filled = Arrays.copyOf(Arrays.copyOf(whole, whole.length / 2), whole.length);
    assertThatThrownBy(() -> Seen.pixels(filled)).isInstanceOf(BadSampleException.class);
  }

  @ParameterizedTest
  @CsvSource({"3, 00060000, 6", "4, 00000006, 6", "1, 06000000, 1"})
  void theOrientationMayBeAShortOrALongNumberButNoByte(int type, String value, int expected)
      throws Exception {
    byte[] file = Pictures.withOrientation(jpeg(false), 1);
    ByteBuffer.wrap(file).putShort(24, (short) type).putInt(30, Integer.parseInt(value, 16));
    assertThat(Headers.read(EncodedImage.of(file)).orientation())
        .isEqualTo(Orientation.ofTag(expected));
  }
}
