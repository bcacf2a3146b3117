package dev.facet.loader.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.augment.memory.OpenCv;
import dev.facet.augment.memory.Pixels;
import dev.facet.base.Rgb;
import dev.facet.loader.Pictures;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.header.ColourProfile;
import dev.facet.loader.header.Headers;
import dev.facet.loader.header.ImageHeader;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged pictures of all formats: they are decoded or refused, and nothing else happens. */
class DecodeFuzzTest {
  private static final DecodeSettings STRICT =
      new DecodeSettings(250_000, 1 << 20, false, Rgb.of(0x808080), false);
  private static final DecodeSettings LENIENT =
      new DecodeSettings(250_000, 1 << 20, true, Rgb.of(0x808080), true);

  /** Lossy up to a quality of 100, above that lossless. */
  private static byte[] webp(int quality) {
    try (Scalar bgr = new Scalar(40, 120, 230, 0);
        Mat mat = new Mat(16, 24, opencv_core.CV_8UC3, bgr);
        IntPointer settings = new IntPointer(opencv_imgcodecs.IMWRITE_WEBP_QUALITY, quality);
        BytePointer out = new BytePointer()) {
      opencv_imgcodecs.imencode(".webp", mat, out, settings);
      byte[] bytes = new byte[(int) out.limit()];
      out.get(bytes);
      return bytes;
    }
  }

  static {
    OpenCv.load();
  }

  private static List<byte[]> pictures() {
    BufferedImage opaque = Pictures.busy(40, 30, 7);
    BufferedImage alpha = new BufferedImage(24, 20, BufferedImage.TYPE_INT_ARGB);
    alpha.setRGB(3, 3, 0x80ff8040);
    return List.of(
        Pictures.jpeg(opaque),
        Pictures.withOrientation(Pictures.jpeg(opaque), 6),
        Pictures.encode(opaque, "png"),
        Pictures.encode(alpha, "png"),
        Pictures.encode(opaque, "gif"),
        Pictures.encode(opaque, "bmp"),
        Pictures.encode(opaque, "tiff"),
        webp(60),
        webp(101));
  }

  /** Flips bits, writes bytes and numbers that hurt, repeats, drops and cuts. */
  private static byte[] damaged(byte[] picture, Random random) {
    byte[] bytes = picture.clone();
    int reach = random.nextBoolean() ? Math.min(100, bytes.length) : bytes.length;
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      int at = random.nextInt(Math.min(reach, bytes.length));
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> Arrays.fill(bytes, at, Math.min(at + 4, bytes.length), (byte) -1);
        case 3 -> Arrays.fill(bytes, at, Math.min(at + 4, bytes.length), (byte) 0);
        case 4 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        default -> {
          int length = random.nextInt(1 + Math.min(64, bytes.length - at));
          int to = random.nextInt(bytes.length - length + 1);
          System.arraycopy(bytes, at, bytes, to, length);
        }
      }
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void onlyBadSamplesComeOutOfDamagedPictures(boolean lenient) throws Exception {
    DecodeSettings settings = lenient ? LENIENT : STRICT;
    Random random = new Random(lenient ? 1 : 2);
    int decoded = 0;
    int refused = 0;
    try (PictureDecoder decoder = new PictureDecoder(settings)) {
      for (byte[] picture : pictures()) {
        for (int i = 0; i < 250; i++) {
          EncodedImage image = Pictures.view(Pictures.direct(damaged(picture, random)));
          try {
            ImageHeader header = decoder.inspect(image);
            Pixels pixels = decoder.decode(image, header, 1 << random.nextInt(4));
            assertThat((long) pixels.width() * pixels.height()).isLessThanOrEqualTo(250_000);
            decoded++;
          } catch (BadSampleException e) {
            assertThat(e).hasMessageNotContaining("null");
            refused++;
          }
        }
      }
    }
    assertThat(decoded).isPositive();
    assertThat(refused).isPositive();
  }

  @Test
  void onlyBadSamplesComeOutOfDamagedHeaders() {
    Random random = new Random(3);
    int read = 0;
    for (byte[] picture : pictures()) {
      for (int i = 0; i < 6000; i++) {
        EncodedImage image = EncodedImage.of(damaged(picture, random));
        try {
          ImageHeader header = Headers.read(image);
          ColourProfile.bytes(image, header);
          assertThat(header.frames()).isPositive();
          read++;
        } catch (BadSampleException e) {
          assertThat(e.getMessage()).isNotBlank();
        }
      }
    }
    assertThat(read).isPositive();
  }
}
