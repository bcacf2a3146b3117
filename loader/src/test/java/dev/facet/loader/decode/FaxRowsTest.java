package dev.facet.loader.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.header.TiffLayout;
import dev.facet.loader.header.TiffPart;
import java.awt.image.BufferedImage;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faxes in TIFF, bit by bit where the programs that write them differ. */
class FaxRowsTest {
  private static final String MARK = "000000000001";

  // Of eight pixels: three white, two black, three white; then four and four.
  private static final String ROW1 = "1000 11 1000";
  private static final String ROW2 = "1011 011";
  private static final String SEEN1 = "...XX...";
  private static final String SEEN2 = "....XXXX";

  @ParameterizedTest
  @ValueSource(strings = {"CCITT RLE", "CCITT T.4", "CCITT T.6"})
  void whatAnotherProgramWroteIsRead(String compression) throws Exception {
    assertThat(Seen.pixels(fax(compression))).isEqualTo(TiffKindsTest.chequered());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        MARK + ROW1 + MARK + ROW2, // as the standard has it
        ROW1 + MARK + ROW2, // none before the first row
        "0000" + MARK + ROW1 + "00 0000" + MARK + ROW2, // filled up: marks end on whole bytes
        ROW1 + "00 0000" + "0000" + MARK + ROW2, // rows begin on whole bytes
        MARK + ROW1 + "0000000000000" + MARK + ROW2, // filled up for the time's sake
        ROW1 + ROW2 // no marks
      })
  void rowsOfGroup3AreMarkedInManyWays(String bits) throws Exception {
    assertThat(rows(group3(0, bits))).containsExactly(SEEN1, SEEN2);
  }

  @Test
  void rowsOfGroup3MayTellWhatChangedSinceTheOneAbove() throws Exception {
    // As above but one to the left, two to the right; passed over, then runs as they are.
    assertThat(rows(group3(1, MARK + "1" + ROW1 + MARK + "0" + "010 000011 1")))
        .containsExactly(SEEN1, "..XXXXX.");
    assertThat(rows(group3(1, MARK + "1" + ROW1 + MARK + "0" + "0001 001 0111 010")))
        .containsExactly(SEEN1, ".......X");
  }

  @Test
  void rowsOfRunsBeginOnWholeBytes() throws Exception {
    byte[] strip = bytes(ROW1 + "000000" + ROW2);
    assertThat(rows(TiffFile.of(8, 2, 0, 1).shorts(TiffFile.COMPRESSION, 2).strip(strip).bytes()))
        .containsExactly(SEEN1, SEEN2);
  }

  @Test
  void longRunsAreMadeOfSeveralCodes() throws Exception {
    // 2560 and 64 and 6 white, 2 black; longer than any single code.
    String bits = "000000011111" + "11011" + "1110" + "11";
    byte[] file =
        TiffFile.of(2632, 14, 0, 1)
            .shorts(TiffFile.COMPRESSION, 3)
            .strip(bytes((MARK + bits).repeat(14)))
            .bytes();
    List<String> seen = rows(file, 2632);
    assertThat(seen).hasSize(14).allMatch((".".repeat(2630) + "XX")::equals);
  }

  @Test
  void tilesEndBehindThePicture() throws Exception {
    // Sixteen by sixteen: 15 white and a black one; then all black.
    byte[] left = bytes(("110101" + "010" + "0000000").repeat(16));
    byte[] right = bytes(("00110101" + "0000010111").concat("000000").repeat(16));
    byte[] file =
        TiffFile.of(20, 3, 0, 1)
            .shorts(TiffFile.COMPRESSION, 2)
            .tiles(16, 16)
            .strip(left)
            .strip(right)
            .bytes();
    assertThat(rows(file, 20)).hasSize(3).allMatch((".".repeat(15) + "XXXXX")::equals);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        MARK + "1000 11 0111" + MARK + ROW2, // a row of seven
        MARK + "1000 11 1011" + MARK + ROW2, // of nine
        MARK + ROW1, // the second is missing
        MARK + ROW1 + MARK + "000000001" // no such code
      })
  void aDamagedRowIsNoticedOrLeftWhite(String bits) throws Exception {
    byte[] file = group3(0, bits + "0".repeat(24));
    assertThatThrownBy(() -> Seen.pixels(file)).isInstanceOf(BadSampleException.class);
    assertThat(Seen.pixels(file, Seen.settings(0, true))).hasSize(16).endsWith("ffffff");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CCITT RLE", "CCITT T.4", "CCITT T.6"})
  void damageInsideOfAFileThatIsWholeIsNoticed(String compression) throws Exception {
    byte[] whole = fax(compression);
    EncodedImage image = EncodedImage.of(whole);
    TiffPart strip = TiffPart.of(image, TiffLayout.read(image)).getFirst();
    for (int at = strip.from(); at < strip.from() + strip.length() - 8; at++) {
      byte[] file = whole.clone();
      Arrays.fill(file, at, at + 3, (byte) 0);
      assertThatThrownBy(() -> Seen.pixels(file)).isInstanceOf(BadSampleException.class);
    }
  }

  private static byte[] fax(String compression) throws Exception {
    return TiffKindsTest.written(compression, BufferedImage.TYPE_BYTE_BINARY);
  }

  private static byte[] group3(int options, String bits) {
    return TiffFile.of(8, 2, 0, 1)
        .shorts(TiffFile.COMPRESSION, 3)
        .longs(TiffFile.GROUP3_OPTIONS, options)
        .strip(bytes(bits))
        .bytes();
  }

  /** Filled up with zeros. */
  private static byte[] bytes(String bits) {
    String packed = bits.replace(" ", "");
    packed += "0".repeat(-packed.length() & 7);
    byte[] all = new BigInteger("1" + packed, 2).toByteArray();
    return Arrays.copyOfRange(all, 1, all.length);
  }

  private static List<String> rows(byte[] file) throws Exception {
    return rows(file, 8);
  }

  private static List<String> rows(byte[] file, int width) throws Exception {
    List<String> pixels = Seen.pixels(file);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < pixels.size(); i += width) {
      StringBuilder row = new StringBuilder();
      pixels.subList(i, i + width).forEach(p -> row.append(p.equals("000000") ? 'X' : '.'));
      rows.add(row.toString());
    }
    return rows;
  }
}
