package dev.facet.loader.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.loader.data.BadSampleException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bitmaps of every header, depth and packing, against their pixels. */
class BmpKindsTest {
  /** Black, red, green, blue, as bitmaps store colours. */
  private static final String PALETTE = "00000000 0000ff00 00ff0000 ff000000";

  /**
   * A bitmap.
   *
   * @param header bytes of the header, 40 or more
   * @param height negative where rows are stored from the top
   * @param rest hexadecimal: masks and colours that follow
   * @param pixels hexadecimal
   */
  private static byte[] bmp(
      int header, int width, int height, int bits, int packing, String rest, String pixels) {
    byte[] between = hex(rest);
    byte[] data = hex(pixels);
    // Masks belong to the longer headers.
    int start = Math.max(14 + header, 54 + between.length);
    ByteBuffer file = ByteBuffer.allocate(start + data.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'B').put((byte) 'M').putInt(10, start).putInt(14, header);
    file.putInt(18, width).putInt(22, height).putShort(26, (short) 1).putShort(28, (short) bits);
    file.putInt(30, packing).putInt(46, bits <= 8 ? between.length / 4 : 0);
    file.put(54, between).put(start, data);
    return file.array();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  private static String masks(int... masks) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * masks.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(masks).forEach(bytes::putInt);
    return HexFormat.of().formatHex(bytes.array());
  }

  private static void assertSeen(byte[] file, String... pixels) throws Exception {
    assertThat(Seen.pixels(file)).containsExactly(pixels);
  }

  @Test
  void rowsAreStoredFromTheBottomOrFromTheTop() throws Exception {
    String rows = "0000ff 00 00ff00"; // the last one lacks its padding
    assertSeen(bmp(40, 1, 2, 24, 0, "", rows), "00ff00", "ff0000");
    assertSeen(bmp(40, 1, -2, 24, 0, "", rows + "00"), "ff0000", "00ff00");
  }

  @ParameterizedTest
  @CsvSource({"1, 40000000", "2, 10000000", "4, 01000000", "8, 00010000"})
  void indicesOfEveryDepthFindTheirColours(int bits, String row) throws Exception {
    assertSeen(bmp(40, 2, 1, bits, 0, PALETTE, row), "000000", "ff0000");
  }

  @Test
  void theOldestHeaderHasNarrowSizesAndColoursOfThreeBytes() throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(hex("424d 00000000 00000000 20000000 0c000000 0200 0100 0100 0100"));
    file.writeBytes(hex("ff0000 0000ff"));
    file.writeBytes(hex("40000000"));
    assertSeen(file.toByteArray(), "0000ff", "ff0000");
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 52, 56, 64, 108, 124})
  void everyLaterHeaderIsRead(int header) throws Exception {
    assertSeen(bmp(header, 1, 1, 24, 0, "", "0102ff00"), "ff0201");
  }

  @Test
  void pixelsOf16BitsAreSpreadOverAllLevels() throws Exception {
    assertSeen(bmp(40, 2, 1, 16, 0, "", "ff7f 007c"), "ffffff", "ff0000");
    String masks = masks(0xf800, 0x7e0, 0x1f);
    assertSeen(bmp(40, 2, 1, 16, 3, masks, "e007 1000"), "00ff00", "000083");
    assertSeen(bmp(108, 2, 1, 16, 3, masks, "e007 1000"), "00ff00", "000083");
    assertSeen(bmp(40, 1, 1, 16, 3, masks(0xf00, 0xf0, 0xf), "840f 0000"), "ff8844");
  }

  @Test
  void pixelsOf32BitsAreTransparentOnlyByAMask() throws Exception {
    assertSeen(bmp(40, 1, 1, 32, 0, "", "010203 00"), "030201");
    assertSeen(bmp(40, 1, 1, 32, 3, masks(0xff, 0xff00, 0xff0000), "010203 00"), "010203");
    String masks = masks(0xff0000, 0xff00, 0xff, 0xff000000);
    assertSeen(bmp(124, 2, 1, 32, 3, masks, "010203 ff 0000ff 80"), "030201", "800000");
    assertSeen(bmp(56, 1, 1, 32, 3, masks(0x3ff00000, 0xffc00, 0x3ff, 0), "ffff0f00"), "00ffff");
  }

  @Test
  void runsOfBytesEndRowsJumpAndHoldWhatIsNotPacked() throws Exception {
    // One red and one green, the end of the row; green, blue and red as they are; the end.
    assertSeen(
        bmp(40, 3, 2, 8, 1, PALETTE, "0101 0102 0000 0003 020301 00 0001"),
        "00ff00",
        "0000ff",
        "ff0000",
        "ff0000",
        "00ff00",
        "000000");
    // A jump by one to the right and one up, then blue.
    assertSeen(
        bmp(40, 3, 2, 8, 1, PALETTE, "0002 0101 0103 0001"),
        "000000",
        "0000ff",
        "000000",
        "000000",
        "000000",
        "000000");
  }

  @Test
  void runsOfNibblesTakeTurns() throws Exception {
    assertSeen(
        bmp(40, 4, 2, 4, 2, PALETTE, "0412 0000 0003 1230 0001"),
        "ff0000",
        "00ff00",
        "0000ff",
        "000000",
        "ff0000",
        "00ff00",
        "ff0000",
        "00ff00");
  }

  @Test
  void whatWasCutOffIsNoticed() {
    List<byte[]> whole =
        List.of(
            bmp(40, 2, 2, 24, 0, "", "0102030405060000 010203040506"),
            bmp(40, 3, 1, 8, 0, PALETTE, "010203"),
            bmp(40, 3, 2, 8, 1, PALETTE, "0301 0000 0102 0201"));
    for (byte[] file : whole) {
      assertThat(file.length).isPositive();
      byte[] cut = Arrays.copyOf(file, file.length - 1);
      assertThatThrownBy(() -> Seen.pixels(cut)).isInstanceOf(BadSampleException.class);
    }
  }

  @Test
  void whatWasCutOffIsUsedAsFarAsItGoesIfAllowed() throws Exception {
    byte[] file = bmp(40, 2, -2, 8, 0, PALETTE, "01020000 03");
    assertThat(Seen.pixels(file, Seen.settings(0, true)))
        .containsExactly("ff0000", "00ff00", "0000ff", "000000");
  }

  @Test
  void whatNobodyReadsIsNamed() {
    assertThatThrownBy(() -> Seen.pixels(bmp(40, 1, 1, 24, 4, "", "00")))
        .hasMessage("a BMP of 24 bits, compression 4");
  }
}
