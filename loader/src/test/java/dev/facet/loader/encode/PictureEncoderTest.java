package dev.facet.loader.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.augment.memory.NativeMemory;
import dev.facet.augment.memory.Pixels;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.decode.DecodeSettings;
import dev.facet.loader.decode.PictureDecoder;
import dev.facet.loader.header.ImageFormat;
import dev.facet.loader.header.ImageHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PictureEncoderTest {
  private static final int WIDTH = 61;
  private static final int HEIGHT = 47;

  @ParameterizedTest
  @EnumSource
  void whatIsEncodedIsReadBack(PictureFormat format) throws Exception {
    try (Arena arena = Arena.ofConfined();
        PictureEncoder encoder = new PictureEncoder(format, 95);
        PictureDecoder decoder = new PictureDecoder(DecodeSettings.DEFAULT)) {
      Pixels drawn = gradient(arena);
      EncodedImage image = EncodedImage.of(encoder.encode(drawn));
      ImageHeader header = decoder.inspect(image);
      assertThat(header.format()).isEqualTo(ImageFormat.valueOf(format.name()));
      Pixels read = decoder.decode(image, header, 1);
      assertThat(read.width()).isEqualTo(WIDTH);
      assertThat(read.height()).isEqualTo(HEIGHT);
      int tolerance = format == PictureFormat.PNG ? 0 : 12;
      for (int y = 0; y < HEIGHT; y++) {
        for (int i = 0; i < 3 * WIDTH; i++) {
          assertThat(level(read, y, i))
              .isBetween(level(drawn, y, i) - tolerance, level(drawn, y, i) + tolerance);
        }
      }
    }
  }

  @Test
  void coloursAreHalvedBelowQuality95() {
    try (Arena arena = Arena.ofConfined();
        PictureEncoder usual = new PictureEncoder(PictureFormat.JPEG, 94);
        PictureEncoder best = new PictureEncoder(PictureFormat.JPEG, 95)) {
      assertThat(lumaSampling(usual.encode(gradient(arena)))).isEqualTo(0x22);
      assertThat(lumaSampling(best.encode(gradient(arena)))).isEqualTo(0x11);
    }
  }

  /** Of the first component in the frame header. */
  private static int lumaSampling(byte[] jpeg) {
    for (int at = 2; ; at += 2 + ((jpeg[at + 2] & 0xff) << 8 | (jpeg[at + 3] & 0xff))) {
      if ((jpeg[at + 1] & 0xff) == 0xc0) {
        return jpeg[at + 11];
      }
    }
  }

  private static Pixels gradient(Arena arena) {
    MemorySegment memory = arena.allocate(3L * WIDTH * HEIGHT);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        long at = 3L * (y * WIDTH + x);
        memory.set(ValueLayout.JAVA_BYTE, at, (byte) (4 * x));
        memory.set(ValueLayout.JAVA_BYTE, at + 1, (byte) (5 * y));
        memory.set(ValueLayout.JAVA_BYTE, at + 2, (byte) 128);
      }
    }
    return new Pixels().at(memory.address(), WIDTH, HEIGHT);
  }

  private static int level(Pixels pixels, int y, int i) {
    return NativeMemory.ALL.get(ValueLayout.JAVA_BYTE, pixels.address() + y * pixels.stride() + i)
        & 0xff;
  }
}
