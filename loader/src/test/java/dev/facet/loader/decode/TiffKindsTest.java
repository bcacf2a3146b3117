package dev.facet.loader.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.augment.geometry.Orientation;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.header.Headers;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TIFF files as programs write them: each kind of sample and of order, against its pixels. */
class TiffKindsTest {
  private static byte[] deflated(int... bytes) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream packed = new DeflaterOutputStream(out)) {
      for (int one : bytes) {
        packed.write(one);
      }
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({"1, 40, ff", "2, 20, aa", "4, 0a, aa", "8, 00aa, aa"})
  void greyOfEveryDepthIsReadWhicheverEndIsWhite(int bits, String row, String level)
      throws Exception {
    byte[] bytes = HexFormat.of().parseHex(row);
    String inverse = String.format(Locale.ROOT, "%02x", 255 - Integer.parseInt(level, 16));
    assertThat(Seen.pixels(TiffFile.of(2, 1, 1, bits).strip(bytes).bytes()))
        .containsExactly("000000", level.repeat(3));
    assertThat(Seen.pixels(TiffFile.of(2, 1, 0, bits).strip(bytes).bytes()))
        .containsExactly("ffffff", inverse.repeat(3));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void greyOf16BitsKeepsItsHigherOnesInEitherByteOrder(boolean little) throws Exception {
    for (int white : new int[] {0, 1}) {
      byte[] file =
          new TiffFile(little, false, 3, 1)
              .shorts(TiffFile.PHOTOMETRIC, white)
              .shorts(258, 16)
              .wideStrip(0x0000, 0x80ff, 0xfffe)
              .bytes();
      assertThat(Seen.pixels(file))
          .containsExactly(
              white == 1
                  ? new String[] {"000000", "808080", "ffffff"}
                  : new String[] {"ffffff", "7f7f7f", "000000"});
    }
  }

  @Test
  void greyOf12BitsReachesWhite() throws Exception {
    assertThat(Seen.pixels(TiffFile.of(2, 1, 1, 12).strip(0x80, 0x0f, 0xff).bytes()))
        .containsExactly("808080", "ffffff");
  }

  @Test
  void coloursComePixelByPixelOrPlaneByPlaneOf8Or16Bits() throws Exception {
    String[] seen = {"102030", "405060"};
    assertThat(
            Seen.pixels(
                TiffFile.of(2, 1, 2, 8, 8, 8).strip(0x10, 0x20, 0x30, 0x40, 0x50, 0x60).bytes()))
        .containsExactly(seen);
    assertThat(
            Seen.pixels(
                TiffFile.of(2, 1, 2, 8, 8, 8)
                    .shorts(TiffFile.PLANAR, 2)
                    .strip(0x10, 0x40)
                    .strip(0x20, 0x50)
                    .strip(0x30, 0x60)
                    .bytes()))
        .containsExactly(seen);
    assertThat(
            Seen.pixels(
                TiffFile.of(2, 1, 2, 16, 16, 16)
                    .wideStrip(0x10aa, 0x20bb, 0x30cc, 0x40dd, 0x50ee, 0x60ff)
                    .bytes()))
        .containsExactly(seen);
    assertThat(
            Seen.pixels(
                TiffFile.of(2, 1, 2, 16, 16, 16)
                    .shorts(TiffFile.PLANAR, 2)
                    .wideStrip(0x10aa, 0x40dd)
                    .wideStrip(0x20bb, 0x50ee)
                    .wideStrip(0x30cc, 0x60ff)
                    .bytes()))
        .containsExactly(seen);
  }

  @Test
  void aBigTiffIsReadInEitherByteOrder() throws Exception {
    for (boolean little : new boolean[] {true, false}) {
      byte[] file =
          new TiffFile(little, true, 2, 2)
              .shorts(TiffFile.PHOTOMETRIC, 2)
              .shorts(258, 8, 8, 8)
              .shorts(277, 3)
              .rowsOfStrip(1)
              .strip(1, 2, 3, 4, 5, 6)
              .strip(7, 8, 9, 10, 11, 12)
              .bytes();
      assertThat(Seen.pixels(file)).containsExactly("010203", "040506", "070809", "0a0b0c");
    }
  }

  @Test
  void palettesOf16BitsAreReadAndThoseOf8() throws Exception {
    int[] map = {0x0000, 0x1122, 0x3344, 0x5566, 0, 0x7788, 0, 0, 0, 0, 0, 0xffff};
    assertThat(Seen.pixels(palette(2, map, 0b00011011)))
        .containsExactly("000000", "117700", "330000", "5500ff");
    int[] narrow = Arrays.stream(map).map(level -> level >> 8).toArray();
    assertThat(Seen.pixels(palette(2, narrow, 0b00011011)))
        .containsExactly("000000", "117700", "330000", "5500ff");
    int[] wide = new int[768];
    wide[200] = 0xabcd;
    assertThat(Seen.pixels(palette(8, wide, 200, 0, 0, 200)))
        .containsExactly("ab0000", "000000", "000000", "ab0000");
  }

  private static byte[] palette(int bits, int[] map, int... row) {
    return TiffFile.of(4, 1, 3, bits).shorts(TiffFile.COLOUR_MAP, map).strip(row).bytes();
  }

  @ParameterizedTest
  @CsvSource({
    "2, 804020, ffbf9f", // straight: half of the level and half of the white
    "1, ff8040, ffffbf", // multiplied already
    "0, ff8040, ff8040", // no transparency
    "-1, 804020, ffbf9f" // not declared
  })
  void transparencyIsStraightOrMultipliedOrNone(int extra, String onBlack, String onWhite)
      throws Exception {
    TiffFile file = TiffFile.of(1, 1, 2, 8, 8, 8, 8).strip(0xff, 0x80, 0x40, 0x80);
    if (extra >= 0) {
      file.shorts(TiffFile.EXTRA_SAMPLES, extra);
    }
    byte[] bytes = file.bytes();
    assertThat(Seen.pixels(bytes)).containsExactly(onBlack);
    assertThat(Seen.pixels(bytes, Seen.settings(0xffffff, false))).containsExactly(onWhite);
  }

  @Test
  void greyMayBeTransparent() throws Exception {
    byte[] file =
        TiffFile.of(2, 1, 1, 8, 8)
            .shorts(TiffFile.EXTRA_SAMPLES, 2)
            .strip(200, 255, 200, 0)
            .bytes();
    assertThat(Seen.pixels(file)).containsExactly("c8c8c8", "000000");
  }

  @Test
  void samplesThatNobodyKnowsTheMeaningOfAreLeftAside() throws Exception {
    byte[] file =
        TiffFile.of(1, 1, 2, 8, 8, 8, 8, 8)
            .shorts(TiffFile.EXTRA_SAMPLES, 0, 0)
            .strip(1, 2, 3, 4, 5)
            .bytes();
    assertThat(Seen.pixels(file)).containsExactly("010203");
  }

  @Test
  void inksLetThroughWhatTheyDoNotCover() throws Exception {
    assertThat(Seen.pixels(TiffFile.of(1, 1, 5, 8, 8, 8, 8).strip(0, 127, 255, 51).bytes()))
        .containsExactly("cc6600");
    assertThat(
            Seen.pixels(
                TiffFile.of(1, 1, 5, 16, 16, 16, 16).wideStrip(0, 0x7f00, 0xff00, 0x3300).bytes()))
        .containsExactly("cc6600");
  }

  @Test
  void labIsConverted() throws Exception {
    // L* 53.2, a* 80, b* 67 of white D65 is pure red; of D50 it is close.
    assertThat(
            Seen.pixels(TiffFile.of(3, 1, 8, 8, 8, 8).strip(255, 0, 0, 0, 0, 0, 128, 0, 0).bytes()))
        .containsExactly("ffffff", "000000", "777777");
    List<String> red = Seen.pixels(TiffFile.of(1, 1, 8, 8, 8, 8).strip(138, 80, 70).bytes());
    assertThat(Integer.parseInt(red.getFirst(), 16) >> 16).isGreaterThan(245);
    assertThat(Seen.pixels(TiffFile.of(1, 1, 9, 8, 8, 8).strip(138, 208, 198).bytes()))
        .isEqualTo(red);
  }

  @Test
  void lumaAndChromaWithoutJpegAreColours() throws Exception {
    byte[] file =
        TiffFile.of(2, 2, 6, 8, 8, 8)
            .shorts(TiffFile.SUBSAMPLING, 2, 2)
            .strip(76, 76, 255, 0, 85, 255)
            .bytes();
    List<String> seen = Seen.pixels(file);
    assertThat(seen.get(0)).isEqualTo(seen.get(1)).startsWith("fe");
    assertThat(seen.get(2)).startsWith("ff"); // lighter, of the same colour
    assertThat(seen.get(3)).isEqualTo("b20000");
  }

  @Test
  void tilesStripsPredictorsAndFillOrdersChangeNothing() throws Exception {
    String[] seen = {"0a0a0a", "141414", "1e1e1e", "282828"};
    assertThat(Seen.pixels(TiffFile.of(4, 1, 1, 8).strip(10, 20, 30, 40).uncounted().bytes()))
        .containsExactly(seen);
    assertThat(
            Seen.pixels(
                TiffFile.of(4, 1, 1, 8)
                    .shorts(TiffFile.COMPRESSION, 8)
                    .shorts(TiffFile.PREDICTOR, 2)
                    .strip(deflated(10, 10, 10, 10))
                    .bytes()))
        .containsExactly(seen);
    assertThat(
            Seen.pixels(
                TiffFile.of(4, 1, 1, 8)
                    .shorts(TiffFile.COMPRESSION, 32773)
                    .strip(3, 10, 20, 30, 40)
                    .bytes()))
        .containsExactly(seen);
    assertThat(
            Seen.pixels(
                TiffFile.of(4, 1, 1, 8)
                    .shorts(TiffFile.FILL_ORDER, 2)
                    .strip(0x50, 0x28, 0x78, 0x14)
                    .bytes()))
        .containsExactly(seen);
    int[] left = new int[256];
    int[] right = new int[256];
    left[0] = 10;
    left[15] = 20;
    right[0] = 30;
    List<String> tiled =
        Seen.pixels(TiffFile.of(20, 1, 1, 8).tiles(16, 16).strip(left).strip(right).bytes());
    assertThat(tiled).hasSize(20).startsWith("0a0a0a").contains("141414", "1e1e1e");
    assertThat(tiled.get(16)).isEqualTo("1e1e1e");
  }

  @Test
  void theOrientationMayBeALongNumber() throws Exception {
    TiffFile file = TiffFile.of(2, 1, 1, 8).longs(TiffFile.ORIENTATION, 6).strip(1, 2);
    assertThat(Headers.read(EncodedImage.of(file.bytes())).orientation())
        .isEqualTo(Orientation.ofTag(6));
  }

  @Test
  void whatHasNoWhiteIsRefusedForThat() {
    assertThatThrownBy(
            () ->
                Seen.pixels(
                    TiffFile.of(1, 1, 1, 32)
                        .shorts(TiffFile.SAMPLE_FORMAT, 3)
                        .strip(0, 0, 0, 0)
                        .bytes()))
        .isInstanceOf(BadSampleException.class)
        .hasMessageContaining("floating point");
  }

  @Test
  void channelsOfDifferentWidthsAndJpegOfLimitedLevelsAreToldToBeUnsupported() {
    assertUnsupported(TiffFile.of(1, 1, 2, 8, 8, 8, 1).strip(1, 2, 3, 4), "numbers of bits");
    assertUnsupported(
        TiffFile.of(1, 1, 6, 8, 8, 8)
            .shorts(TiffFile.COMPRESSION, 6)
            .fractions(TiffFile.REFERENCE_BLACK_WHITE, 16, 235, 128, 240, 128, 240)
            .strip(0),
        "black and white are not 0 and 255");
  }

  private static void assertUnsupported(TiffFile file, String why) {
    assertThatThrownBy(() -> Seen.pixels(file.bytes()))
        .isInstanceOfSatisfying(
            BadSampleException.class,
            e -> assertThat(e.reason()).isEqualTo(BadSampleException.Reason.UNSUPPORTED))
        .hasMessageContaining(why);
  }

  @Test
  void aCompressionThatNobodyHereReadsIsNamed() {
    assertThatThrownBy(
            () ->
                Seen.pixels(
                    TiffFile.of(1, 1, 1, 8).shorts(TiffFile.COMPRESSION, 34925).strip(0).bytes()))
        .hasMessage("a TIFF file of compression 34925");
  }

  static byte[] written(String compression, int type) throws Exception {
    BufferedImage image = new BufferedImage(40, 30, type);
    for (int i = 0; i < 1200; i++) {
      boolean dark = (i % 40 / 7 + i / 40 / 5) % 2 == 0;
      image.setRGB(i % 40, i / 40, dark ? 0 : 0xffffff);
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("TIFF").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    param.setCompressionType(compression);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    }
    writer.dispose();
    return bytes.toByteArray();
  }

  static List<String> chequered() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 1200; i++) {
      expected.add((i % 40 / 7 + i / 40 / 5) % 2 == 0 ? "000000" : "ffffff");
    }
    return expected;
  }

  @ParameterizedTest
  @ValueSource(strings = {"None", "PackBits", "LZW", "ZLib", "CCITT RLE", "CCITT T.4", "CCITT T.6"})
  void whatWasCutOffIsNoticedWhateverTheCompression(String compression) throws Exception {
    int type =
        compression.startsWith("CCITT")
            ? BufferedImage.TYPE_BYTE_BINARY
            : BufferedImage.TYPE_INT_RGB;
    byte[] whole = written(compression, type);
    assertThat(Seen.pixels(whole)).isEqualTo(chequered());
    for (int cut = whole.length - 8; cut > 8; cut -= 17) {
      byte[] file = Arrays.copyOf(whole, cut);
      assertThatThrownBy(() -> Seen.pixels(file)).isInstanceOf(BadSampleException.class);
    }
  }
}
