package dev.facet.loader.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.augment.geometry.Orientation;
import dev.facet.base.Rgb;
import dev.facet.loader.Pictures;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.header.Headers;
import dev.facet.loader.header.ImageHeader;
import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/**
 * Orientations and profiles wherever formats keep them, and what the settings make of a picture.
 */
class HiddenMetadataTest {
  private static final Color GREY = new Color(128, 128, 128);
  private static final byte[] TIFF_BLOCK =
      HexFormat.of().parseHex("4d4d002a0000000800010112000300000001000600000000" + "0000");

  private static byte[] png(BufferedImage image) {
    return Pictures.encode(image, "png");
  }

  /** Puts a chunk behind the header chunk. */
  private static byte[] withChunk(byte[] png, String type, byte[] body) {
    CRC32 sum = new CRC32();
    sum.update(type.getBytes(StandardCharsets.ISO_8859_1));
    sum.update(body);
    return ByteBuffer.allocate(png.length + body.length + 12)
        .put(png, 0, 33)
        .putInt(body.length)
        .put(type.getBytes(StandardCharsets.ISO_8859_1))
        .put(body)
        .putInt((int) sum.getValue())
        .put(png, 33, png.length - 33)
        .array();
  }

  private static void assertTurned(byte[] file) throws BadSampleException {
    ImageHeader header = Headers.read(EncodedImage.of(file));
    assertThat(header.orientation()).isEqualTo(Orientation.ofTag(6));
    assertThat(header.shownWidth()).isEqualTo(header.height());
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void theOrientationOfAPngIsFoundWhereverItStands() throws Exception {
    byte[] png = png(Pictures.flat(20, 10, GREY));
    assertTurned(withChunk(png, "eXIf", TIFF_BLOCK));
    String digits =
        HexFormat.of().formatHex(text("Exif\0\0")) + HexFormat.of().formatHex(TIFF_BLOCK);
    assertTurned(
        withChunk(png, "tEXt", text("Raw profile type exif\0\nexif\n      32\n" + digits + "\n")));
    String head = "XML:com.adobe.xmp\0\0\0\0\0";
    assertTurned(withChunk(png, "iTXt", text(head + "<a tiff:Orientation=\"6\"/>")));
    assertTurned(withChunk(png, "iTXt", text(head + "<tiff:Orientation>6</tiff:Orientation>")));
  }

  @Test
  void exifCountsMoreThanXmp() throws Exception {
    byte[] png = png(Pictures.flat(20, 10, GREY));
    byte[] xmp = text("XML:com.adobe.xmp\0\0\0\0\0<a tiff:Orientation=\"3\"/>");
    assertTurned(withChunk(withChunk(png, "iTXt", xmp), "eXIf", TIFF_BLOCK));
  }

  @Test
  void profilesAreIgnoredUnlessAskedFor() throws Exception {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    chunk.writeBytes(text("linear\0\0"));
    try (DeflaterOutputStream packed = new DeflaterOutputStream(chunk)) {
      packed.write(ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    byte[] png = withChunk(png(Pictures.flat(20, 10, GREY)), "iCCP", chunk.toByteArray());
    assertThat(mean(png, DecodeSettings.DEFAULT)).containsExactly(128.0, 128.0, 128.0);
    // Half of the light is level 188 of sRGB (IEC 61966-2-1).
    assertThat(mean(png, new DecodeSettings(1000, 10_000, false, Rgb.of(0), true)))
        .allSatisfy(level -> assertThat(level).isBetween(186.0, 190.0));
  }

  @Test
  void aBrokenProfileIsIgnored() throws Exception {
    byte[] png = withChunk(png(Pictures.flat(20, 10, GREY)), "iCCP", text("x\0\0broken"));
    assertThat(mean(png, new DecodeSettings(1000, 10_000, false, Rgb.of(0), true)))
        .containsExactly(128.0, 128.0, 128.0);
  }

  @Test
  void transparentPartsShowTheBackground() throws Exception {
    BufferedImage clear = new BufferedImage(10, 10, BufferedImage.TYPE_INT_ARGB);
    assertThat(mean(png(clear), new DecodeSettings(1000, 10_000, false, Rgb.of(0x2040ff), false)))
        .containsExactly(32.0, 64.0, 255.0);
  }

  @Test
  void whatWasCutOffIsUsedAsFarAsItGoesIfAllowed() throws Exception {
    DecodeSettings lenient = new DecodeSettings(100_000, 1 << 20, true, Rgb.of(0), false);
    for (String name : List.of("jpg", "png")) {
      byte[] whole = Pictures.encode(Pictures.busy(200, 200, 4), name);
      byte[] half = Arrays.copyOf(whole, whole.length * 2 / 3);
      assertThatThrownBy(() -> mean(half, DecodeSettings.DEFAULT)).hasMessageContaining("cut off");
      assertThat(mean(half, lenient)).anySatisfy(level -> assertThat(level).isPositive());
    }
  }

  /** The mean colour; fails with the message of a refused picture. */
  private static List<Double> mean(byte[] file, DecodeSettings settings) {
    DecodeReport report = DecodeReport.of(file, settings);
    if (report.meanRgb() == null) {
      throw new AssertionError(report.message());
    }
    return report.meanRgb();
  }
}
