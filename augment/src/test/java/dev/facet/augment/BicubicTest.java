package dev.facet.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class BicubicTest {
  /** A picture whose channels are a formula, as the reference values were made from. */
  private static Pixels picture(Arena arena, int width, int height) {
    MemorySegment memory = arena.allocate(3L * width * height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        long at = 3L * (y * width + x);
        memory.set(ValueLayout.JAVA_BYTE, at, (byte) (x * 7 + y * 13));
        memory.set(ValueLayout.JAVA_BYTE, at + 1, (byte) (x * x + y));
        memory.set(ValueLayout.JAVA_BYTE, at + 2, (byte) ((x / 3 + y / 3) % 2 * 255));
      }
    }
    return new Pixels().at(memory.address(), width, height);
  }

  private static int[] resized(
      int w, int h, int toWidth, int toHeight, int left, int top, int size) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(3L * size * size);
      new Bicubic()
          .resize(
              picture(arena, w, h),
              toWidth,
              toHeight,
              left,
              top,
              new Pixels().at(out.address(), size, size));
      int[] values = new int[3 * size * size];
      for (int i = 0; i < values.length; i++) {
        values[i] = out.get(ValueLayout.JAVA_BYTE, i) & 0xff;
      }
      return values;
    }
  }

  @Test
  void shrinkingEqualsPillow() {
    // Image.resize((5, 4), BICUBIC) of the picture above, 31x23, by Pillow 12.3.
    assertThat(resized(31, 23, 5, 4, 0, 0, 4))
        .containsExactly(
            52, 12, 125, 93, 90, 128, 141, 129, 127, 192, 122, 127, 124, 17, 128, 175, 95, 127, 199,
            134, 128, 127, 127, 128, 199, 23, 128, 155, 101, 127, 73, 140, 128, 64, 133, 128, 92,
            28, 127, 52, 106, 128, 95, 145, 127, 147, 138, 127);
  }

  @Test
  void enlargingEqualsPillow() {
    // Image.resize((9, 8), BICUBIC).crop((2, 3, 5, 6)) of the picture above, 5x5, by Pillow 12.3.
    assertThat(resized(5, 5, 9, 8, 2, 3, 3))
        .containsExactly(
            28, 3, 0, 32, 4, 0, 36, 6, 0, 36, 3, 69, 40, 4, 69, 44, 6, 69, 44, 4, 246, 48, 5, 246,
            52, 7, 246);
  }

  @Test
  void aWindowEqualsThatPartOfTheWhole() {
    int[] whole = resized(40, 40, 10, 10, 0, 0, 10);
    int[] window = resized(40, 40, 10, 10, 3, 5, 4);
    for (int y = 0; y < 4; y++) {
      for (int i = 0; i < 12; i++) {
        assertThat(window[12 * y + i]).isEqualTo(whole[30 * (y + 5) + 9 + i]);
      }
    }
  }

  @Test
  void theSameSizeChangesNothing() {
    assertThat(resized(6, 6, 6, 6, 0, 0, 6)[3 * (6 * 4 + 5)]).isEqualTo(5 * 7 + 4 * 13);
  }
}
