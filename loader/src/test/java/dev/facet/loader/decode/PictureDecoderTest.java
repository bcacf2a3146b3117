package dev.facet.loader.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.augment.geometry.Orientation;
import dev.facet.augment.memory.Pixels;
import dev.facet.base.Rgb;
import dev.facet.loader.Pictures;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.header.ImageFormat;
import dev.facet.loader.header.ImageHeader;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureDecoderTest {
  private static final Color ORANGE = new Color(230, 120, 40);

  private final PictureDecoder decoder =
      new PictureDecoder(new DecodeSettings(1_000_000, 1 << 20, false, Rgb.of(0), false));

  @AfterEach
  void close() {
    decoder.close();
  }

  private static int[] middle(Pixels pixels) {
    try (Mat mat = pixels.mat()) {
      BytePointer pixel = mat.ptr(mat.rows() / 2, mat.cols() / 2);
      return new int[] {pixel.get(0) & 0xff, pixel.get(1) & 0xff, pixel.get(2) & 0xff};
    }
  }

  private void assertDecodes(byte[] file, ImageFormat format, Color colour, int tolerance)
      throws BadSampleException {
    for (ByteBuffer bytes : new ByteBuffer[] {Pictures.direct(file), ByteBuffer.wrap(file)}) {
      ImageHeader header = decoder.inspect(Pictures.view(bytes));
      assertThat(header.format()).isEqualTo(format);
      assertThat(header.width()).isEqualTo(37);
      assertThat(header.height()).isEqualTo(23);
      Pixels pixels = decoder.decode(Pictures.view(bytes), header, 1);
      assertThat(pixels.width()).isEqualTo(37);
      assertThat(pixels.height()).isEqualTo(23);
      int[] got = middle(pixels);
      assertThat(Math.abs(got[0] - colour.getRed())).isLessThanOrEqualTo(tolerance);
      assertThat(Math.abs(got[1] - colour.getGreen())).isLessThanOrEqualTo(tolerance);
      assertThat(Math.abs(got[2] - colour.getBlue())).isLessThanOrEqualTo(tolerance);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "bmp", "gif", "tiff"})
  void coloursOfFlatPicturesAreRight(String name) throws Exception {
    byte[] file = Pictures.encode(Pictures.flat(37, 23, ORANGE), name);
    ImageFormat format =
        name.equals("jpg") ? ImageFormat.JPEG : ImageFormat.valueOf(name.toUpperCase(Locale.ROOT));
    assertDecodes(file, format, ORANGE, 2);
  }

  @Test
  void coloursOfWebpAreRight() throws Exception {
    assertDecodes(webp(), ImageFormat.WEBP, ORANGE, 2);
  }

  @Test
  void coloursOfCmykAreRight() throws Exception {
    assertDecodes(cmyk(), ImageFormat.JPEG, ORANGE, 6);
  }

  @Test
  void transparentPartsAreOnBlack() throws Exception {
    BufferedImage image = new BufferedImage(37, 23, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < 37 * 23; i++) {
      image.setRGB(i % 37, i / 37, 0x80ff40c0);
    }
    assertDecodes(Pictures.encode(image, "png"), ImageFormat.PNG, new Color(128, 32, 96), 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void jpegsShrinkWhileTheyAreDecoded(int reduction) throws Exception {
    ByteBuffer bytes = Pictures.direct(Pictures.jpeg(Pictures.flat(101, 67, ORANGE)));
    Pixels pixels =
        decoder.decode(Pictures.view(bytes), decoder.inspect(Pictures.view(bytes)), reduction);
    assertThat(pixels.width()).isEqualTo(Math.ceilDiv(101, reduction));
    assertThat(pixels.height()).isEqualTo(Math.ceilDiv(67, reduction));
    assertThat(middle(pixels)[0]).isBetween(228, 232);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png"})
  void aCutOffPictureIsCorruptWhereverItIsCut(String name) throws Exception {
    byte[] whole = Pictures.encode(Pictures.busy(80, 80, 1), name);
    for (int length = 0; length < whole.length - 20; length += 13) {
      ByteBuffer cut = Pictures.direct(Arrays.copyOf(whole, length));
      assertThatThrownBy(
              () -> decoder.decode(Pictures.view(cut), decoder.inspect(Pictures.view(cut)), 1))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOfSatisfying(
              BadSampleException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPT));
    }
  }

  @Test
  void aBombIsRefusedFromItsHeader() {
    byte[] png = Pictures.encode(Pictures.flat(10, 10, ORANGE), "png");
    ByteBuffer bomb = ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
    assertThatThrownBy(() -> decoder.inspect(Pictures.view(bomb)))
        .isInstanceOfSatisfying(
            BadSampleException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE))
        .hasMessage("60000x60000 pixels, more than the limit of 1000000");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPictureThatIsAlmostALineIsRefusedFromItsHeader(boolean upright) {
    ByteBuffer line = ByteBuffer.wrap(Pictures.encode(Pictures.flat(10, 10, ORANGE), "png"));
    line.putInt(upright ? 20 : 16, 4001).putInt(upright ? 16 : 20, 20);
    assertThatThrownBy(() -> decoder.inspect(Pictures.view(line)))
        .isInstanceOfSatisfying(
            BadSampleException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE))
        .hasMessageContaining("one side is more than 200 times the other");
  }

  @Test
  void transparentPicturesLeaveNoMemoryBehind() throws Exception {
    BufferedImage image = new BufferedImage(1000, 1000, BufferedImage.TYPE_INT_ARGB);
    ByteBuffer bytes = Pictures.direct(Pictures.encode(image, "png"));
    ImageHeader header = decoder.inspect(Pictures.view(bytes));
    decoder.decode(Pictures.view(bytes), header, 1);
    long before = Pointer.physicalBytes();
    for (int i = 0; i < 100; i++) {
      decoder.decode(Pictures.view(bytes), header, 1); // 4 MB each
    }
    assertThat(Pointer.physicalBytes() - before).isLessThan(200_000_000);
  }

  @Test
  void whatCannotBeReadIsNamed() {
    assertUnsupported("\0\0\0 ftypavif\0\0\0\0", "AVIF");
    assertUnsupported("<!DOCTYPE html><html>", "HTML");
    assertUnsupported("\0\0\0 ftypheic\0\0\0\0", "HEIF");
    assertUnsupported("\0\0\0\fJXL \r\n", "JPEG XL");
    assertUnsupported("\0\0\0\fjP  \r\n", "JPEG 2000");
    assertUnsupported("%PDF-1.7", "PDF");
    assertUnsupported("hello world", "no known picture format, begins with 68 65");
  }

  private void assertUnsupported(String bytes, String name) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> decoder.inspect(Pictures.view(buffer)))
        .isInstanceOfSatisfying(
            BadSampleException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED))
        .hasMessageContaining(name);
  }

  @Test
  void theOrientationTagIsRead() throws Exception {
    byte[] jpeg = Pictures.jpeg(Pictures.flat(37, 23, ORANGE));
    for (int tag = 1; tag <= 8; tag++) {
      ImageHeader header =
          decoder.inspect(Pictures.view(ByteBuffer.wrap(Pictures.withOrientation(jpeg, tag))));
      assertThat(header.orientation()).isEqualTo(Orientation.ofTag(tag));
      assertThat(header.shownWidth()).isEqualTo(tag < 5 ? 37 : 23);
    }
    byte[] damaged = Pictures.withOrientation(jpeg, 6);
    Arrays.fill(damaged, 12, 30, (byte) 0xee);
    assertThat(decoder.inspect(Pictures.view(ByteBuffer.wrap(damaged))).orientation())
        .isEqualTo(Orientation.UPRIGHT);
  }

  private static byte[] webp() {
    try (Scalar bgr = new Scalar(40, 120, 230, 0);
        Mat mat = new Mat(23, 37, opencv_core.CV_8UC3, bgr);
        BytePointer out = new BytePointer()) {
      opencv_imgcodecs.imencode(".webp", mat, out);
      byte[] bytes = new byte[(int) out.limit()];
      out.get(bytes);
      return bytes;
    }
  }

  /** Four inverted inks, as Adobe writes them. */
  private static byte[] cmyk() throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(0, 37, 23, 4, null);
    for (int y = 0; y < 23; y++) {
      for (int x = 0; x < 37; x++) {
        raster.setPixel(x, y, new int[] {230, 120, 40, 255});
      }
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(new IIOImage(raster, null, null));
    }
    byte[] plain = bytes.toByteArray();
    byte[] adobe = {
      (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
    };
    return ByteBuffer.allocate(plain.length + adobe.length)
        .put(plain, 0, 2)
        .put(adobe)
        .put(plain, 2, plain.length - 2)
        .array();
  }
}
