package dev.facet.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AugmentSheetTest {
  private static final Painted PICTURE =
      new Painted(120, 80, (x, y) -> Painted.rgb(2 * x, 3 * y, 90));

  private static BufferedImage sheet(Augmentation augmentation) {
    return Objects.requireNonNull(
        AugmentSheet.draw(PICTURE.pixels(), Orientation.UPRIGHT, null, augmentation, 32, 7, 0));
  }

  @Test
  void theOriginalStandsBesideSixteenDraws() {
    BufferedImage sheet = sheet(Augmentation.training(List.of(new Brightness(0))));
    assertThat(sheet.getWidth()).isEqualTo(2 * (4 * 36 - 4) + 12);
    assertThat(sheet.getHeight()).isEqualTo(4 * 36 + 4);
    // Left and right of the original, in the middle of its height.
    assertThat(sheet.getRGB(6, 74) >> 16 & 0xff).isLessThan(20);
    assertThat(sheet.getRGB(140, 74) >> 16 & 0xff).isGreaterThan(220);
    // The same place in every draw.
    for (int i = 0; i < 16; i++) {
      int rgb = sheet.getRGB(148 + i % 4 * 36 + 16, 4 + i / 4 * 36 + 16);
      assertThat(rgb).isEqualTo(sheet.getRGB(148 + 16, 4 + 16));
    }
  }

  @Test
  void drawsDifferAndComeAgain() {
    Augmentation varied = Augmentation.training(List.of(new Brightness(0.5)));
    BufferedImage first = sheet(varied);
    BufferedImage second = sheet(varied);
    assertThat(first.getRGB(164, 20)).isEqualTo(second.getRGB(164, 20));
    assertThat(first.getRGB(164, 20)).isNotEqualTo(first.getRGB(164 + 36, 20));
  }

  @Test
  void aBoxThatShowsNothingMakesNoSheet() {
    double[] box = {9, 9, 3, 3};
    assertThat(
            AugmentSheet.draw(
                PICTURE.pixels(), Orientation.UPRIGHT, box, Augmentation.DEFAULT, 8, 7, 0))
        .isNull();
  }
}
