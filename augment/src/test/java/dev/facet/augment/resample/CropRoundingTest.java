package dev.facet.augment.resample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.augment.Augmentation;
import dev.facet.augment.Augmenter;
import dev.facet.augment.Painted;
import dev.facet.augment.geometry.Orientation;
import dev.facet.base.SampleRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where the centre begins in transformers 5.18.0 (both image processors of CLIP, which agree) and
 * in torchvision 0.28.0 (Resize, then CenterCrop): found by looking for what they cut out in the
 * whole of what they had resized.
 */
class CropRoundingTest {
  @ParameterizedTest
  @CsvSource({
    "15, 10, 10, 2, 0, 2, 0",
    "17, 10, 10, 3, 0, 4, 0",
    "13, 10, 10, 1, 0, 2, 0",
    "11, 10, 10, 0, 0, 0, 0",
    "10, 15, 10, 0, 2, 0, 2",
    "10, 17, 10, 0, 3, 0, 4",
    "10, 19, 10, 0, 4, 0, 4",
    "16, 10, 10, 3, 0, 3, 0",
    "10, 10, 10, 0, 0, 0, 0",
    "11, 7, 16, 4, 0, 4, 0",
    "23, 9, 16, 12, 0, 12, 0",
    "5, 3, 8, 2, 0, 2, 0",
    "9, 40, 8, 0, 13, 0, 14",
    "333, 500, 224, 0, 56, 0, 56",
    "640, 427, 224, 55, 0, 56, 0",
    "427, 640, 224, 0, 55, 0, 56"
  })
  void theCentreBeginsWhereTheOtherProgramBeginsIt(
      int width, int height, int size, int left, int top, int evenLeft, int evenTop) {
    CentreSquare down = CentreSquare.of(width, height, size, CropRounding.DOWN);
    CentreSquare even = CentreSquare.of(width, height, size, CropRounding.EVEN);
    assertThat(List.of(down.left(), down.top())).containsExactly(left, top);
    assertThat(List.of(even.left(), even.top())).containsExactly(evenLeft, evenTop);
  }

  @ParameterizedTest
  @CsvSource({"9, 40, 8, 8, 35", "5, 3, 8, 13, 8", "1024, 683, 224, 335, 224"})
  void theLongerSideLosesItsFraction(
      int width, int height, int size, int resizedWidth, int resizedHeight) {
    CentreSquare cut = CentreSquare.of(width, height, size, CropRounding.DOWN);
    assertThat(List.of(cut.width(), cut.height())).containsExactly(resizedWidth, resizedHeight);
  }

  @Test
  void thePixelsAreCutOutThere() {
    Augmentation usual = Augmentation.evaluation(null, ResizeMode.SHORTEST, Interpolation.BICUBIC);
    assertThat(firstColumn(usual)).isEqualTo(3);
    assertThat(firstColumn(usual.rounded(CropRounding.EVEN))).isEqualTo(4);
  }

  /** The first of the columns that are seen of 17. */
  private static int firstColumn(Augmentation augmentation) {
    List<Double> ones = List.of(1.0, 1.0, 1.0);
    SampleRandom random = new SampleRandom();
    try (Painted picture = new Painted(17, 10, (x, y) -> Painted.rgb(x, x, x));
        Painted out = Painted.blank(10);
        Augmenter augmenter = new Augmenter(augmentation, 10, ones, ones)) {
      augmenter.vary(picture.stored(Orientation.UPRIGHT), null, false, random, out.address());
      return out.level(0, 0, 0);
    }
  }
}
