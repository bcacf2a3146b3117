package dev.facet.loader.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.loader.Pictures;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.header.Headers;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** GIFs whose screen, palette or end is unusual, against their pixels. */
class GifKindsTest {
  private static final String COLOURS = "102030 ff0000 00ff00 0000ff";

  /** Codes of 3 bits: start, 1, 2, 3, 1 and the end. */
  private static final String FOUR_PIXELS = "02 03 8c 16 05 00";

  /**
   * A GIF of a frame of 2x2 pixels.
   *
   * @param screen width and height
   * @param flags of the screen: 91 with four colours, 00 with none
   * @param control flags and transparent index of the control extension; empty for none
   * @param frame left, top, width, height and flags
   */
  private static byte[] gif(
      String screen, String flags, String colours, String control, String frame, String rest) {
    String extension =
        control.isEmpty()
            ? ""
            : "21f904" + control.substring(0, 2) + "0000" + control.substring(2) + "00";
    String digits =
        "474946383961" + screen + flags + "0000" + colours + extension + "2c" + frame + rest;
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  private static final String WHOLE = "0000 0000 0200 0200 00";

  @Test
  void aFrameFillsItsScreen() throws Exception {
    byte[] file = gif("0200 0200", "91", COLOURS, "", WHOLE, FOUR_PIXELS + "3b");
    assertThat(Seen.pixels(file)).containsExactly("ff0000", "00ff00", "0000ff", "ff0000");
  }

  @Test
  void aFirstFrameIsSeenWhateverBecomesOfItAfterwards() throws Exception {
    for (String disposal : List.of("04", "08", "0c")) {
      byte[] file =
          gif(
              "0200 0200",
              "91",
              COLOURS,
              disposal + "00",
              WHOLE,
              FOUR_PIXELS + "2c" + WHOLE + FOUR_PIXELS + "3b");
      assertThat(Seen.pixels(file)).containsExactly("ff0000", "00ff00", "0000ff", "ff0000");
      assertThat(Headers.read(EncodedImage.of(file)).frames()).isEqualTo(2);
    }
  }

  @Test
  void aScreenOfNoSizeIsAsLargeAsItsFrame() throws Exception {
    byte[] file = gif("0000 0000", "91", COLOURS, "", WHOLE, FOUR_PIXELS + "3b");
    assertThat(Seen.pixels(file)).containsExactly("ff0000", "00ff00", "0000ff", "ff0000");
  }

  @Test
  void aroundAFrameColour0ShowsUnlessOneIsTransparent() throws Exception {
    String corner = "0100 0000 0200 0200 00";
    byte[] file = gif("0300 0200", "91", COLOURS, "", corner, FOUR_PIXELS + "3b");
    assertThat(Seen.pixels(file))
        .containsExactly("102030", "ff0000", "00ff00", "102030", "0000ff", "ff0000");
    byte[] clear = gif("0300 0200", "91", COLOURS, "0102", corner, FOUR_PIXELS + "3b");
    assertThat(Seen.pixels(clear, Seen.settings(0xffffff, false)))
        .containsExactly("ffffff", "ff0000", "ffffff", "ffffff", "0000ff", "ff0000");
  }

  @Test
  void aFramesOwnColoursCountMoreAndWithoutAnyIndicesAreGrey() throws Exception {
    String own = "0000 0000 0200 0200 81" + "000000 0a0a0a 0b0b0b 0c0c0c";
    assertThat(Seen.pixels(gif("0200 0200", "91", COLOURS, "", own, FOUR_PIXELS + "3b")))
        .containsExactly("0a0a0a", "0b0b0b", "0c0c0c", "0a0a0a");
    assertThat(Seen.pixels(gif("0200 0200", "00", "", "", WHOLE, FOUR_PIXELS + "3b")))
        .containsExactly("010101", "020202", "030303", "010101");
  }

  @Test
  void aFileWithoutItsEndMarkIsWholeIfItsPixelsAre() throws Exception {
    byte[] file = gif("0200 0200", "91", COLOURS, "", WHOLE, FOUR_PIXELS);
    assertThat(Seen.pixels(file)).hasSize(4);
    byte[] cut = Arrays.copyOf(file, file.length - 3);
    assertThatThrownBy(() -> Seen.pixels(cut)).isInstanceOf(BadSampleException.class);
  }

  @Test
  void longerCodesAndInterlacedRowsAreReadAndCutsNoticed() throws Exception {
    BufferedImage image = Pictures.busy(70, 61, 5);
    byte[] file = Pictures.encode(image, "gif"); // interlaced, as ImageIO writes them
    BufferedImage reread = javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(file));
    List<String> seen = Seen.pixels(file);
    for (int i = 0; i < seen.size(); i++) {
      String expected =
          String.format(Locale.ROOT, "%06x", reread.getRGB(i % 70, i / 70) & 0xffffff);
      assertThat(seen.get(i)).isEqualTo(expected);
    }
    for (int length = 20; length < file.length - 4; length += 13) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> Seen.pixels(cut)).isInstanceOf(BadSampleException.class);
    }
  }
}
