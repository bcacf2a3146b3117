package dev.facet.augment.resample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.augment.Painted;
import org.junit.jupiter.api.Test;

class PillowResamplerTest {
  private static int[] resized(
      Interpolation kernel, int w, int h, int toWidth, int toHeight, int left, int top, int size) {
    try (Painted picture =
            new Painted(
                w, h, (x, y) -> Painted.rgb(x * 7 + y * 13, x * x + y, (x / 3 + y / 3) % 2 * 255));
        Painted out = Painted.blank(size);
        PillowResampler resampler = new PillowResampler(kernel)) {
      resampler.resize(picture.pixels(), toWidth, toHeight, left, top, out.pixels());
      return out.levels();
    }
  }

  @Test
  void shrinkingBicubicallyEqualsPillow() {
    // Image.resize((5, 4), BICUBIC) of the picture above, 31x23, by Pillow 12.3.
    assertThat(resized(Interpolation.BICUBIC, 31, 23, 5, 4, 0, 0, 4))
        .containsExactly(
            52, 12, 125, 93, 90, 128, 141, 129, 127, 192, 122, 127, 124, 17, 128, 175, 95, 127, 199,
            134, 128, 127, 127, 128, 199, 23, 128, 155, 101, 127, 73, 140, 128, 64, 133, 128, 92,
            28, 127, 52, 106, 128, 95, 145, 127, 147, 138, 127);
  }

  @Test
  void enlargingBicubicallyEqualsPillow() {
    // Image.resize((9, 8), BICUBIC).crop((2, 3, 5, 6)) of the picture above, 5x5, by Pillow 12.3.
    assertThat(resized(Interpolation.BICUBIC, 5, 5, 9, 8, 2, 3, 3))
        .containsExactly(
            28, 3, 0, 32, 4, 0, 36, 6, 0, 36, 3, 69, 40, 4, 69, 44, 6, 69, 44, 4, 246, 48, 5, 246,
            52, 7, 246);
  }

  @Test
  void shrinkingBilinearlyEqualsPillow() {
    // The same with BILINEAR.
    assertThat(resized(Interpolation.BILINEAR, 31, 23, 5, 4, 0, 0, 4))
        .containsExactly(
            60, 18, 125, 99, 86, 128, 143, 127, 128, 184, 124, 128, 127, 23, 127, 166, 91, 128, 184,
            132, 128, 128, 129, 128, 186, 29, 127, 149, 97, 128, 85, 138, 128, 77, 135, 128, 95, 34,
            127, 64, 102, 128, 97, 143, 128, 141, 140, 128);
  }

  @Test
  void enlargingBilinearlyEqualsPillow() {
    assertThat(resized(Interpolation.BILINEAR, 5, 5, 9, 8, 2, 3, 3))
        .containsExactly(
            28, 3, 0, 32, 4, 0, 36, 6, 0, 36, 3, 80, 40, 4, 80, 44, 6, 80, 44, 4, 239, 48, 5, 239,
            52, 7, 239);
  }

  @Test
  void aWindowEqualsThatPartOfTheWhole() {
    int[] whole = resized(Interpolation.BICUBIC, 40, 40, 10, 10, 0, 0, 10);
    int[] window = resized(Interpolation.BICUBIC, 40, 40, 10, 10, 3, 5, 4);
    for (int y = 0; y < 4; y++) {
      for (int i = 0; i < 12; i++) {
        assertThat(window[12 * y + i]).isEqualTo(whole[30 * (y + 5) + 9 + i]);
      }
    }
  }

  @Test
  void theSameSizeChangesNothing() {
    assertThat(resized(Interpolation.BICUBIC, 6, 6, 6, 6, 0, 0, 6)[3 * (6 * 4 + 5)])
        .isEqualTo(5 * 7 + 4 * 13);
  }

  @Test
  void oneResamplerServesPicturesOfManySizes() {
    try (PillowResampler resampler = new PillowResampler(Interpolation.BICUBIC);
        Painted out = Painted.blank(4)) {
      for (int round = 0; round < 2; round++) {
        for (int side = 3; side < 30; side++) {
          try (Painted picture = new Painted(side, 2 * side, (x, y) -> Painted.rgb(9, 99, 255))) {
            resampler.resize(picture.pixels(), 4, 8, 0, 2, out.pixels());
            assertThat(out.row(3)).containsExactly(9, 99, 255, 9, 99, 255, 9, 99, 255, 9, 99, 255);
          }
        }
      }
    }
  }
}
