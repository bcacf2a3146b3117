package dev.facet.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facet.augment.geometry.Orientation;
import dev.facet.augment.operation.Brightness;
import dev.facet.augment.operation.GaussianBlur;
import dev.facet.augment.operation.Mirror;
import dev.facet.augment.operation.MirroredCaptions;
import dev.facet.augment.operation.RandomErasing;
import dev.facet.base.Interval;
import dev.facet.base.SampleRandom;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AugmentSheetTest {
  private static final Painted PICTURE =
      new Painted(120, 80, (x, y) -> Painted.rgb(2 * x, 3 * y, 90));
  private static final List<Double> MEAN = List.of(0.5, 0.4, 0.3);
  private static final List<Double> STD = List.of(0.2, 0.3, 0.4);

  private static BufferedImage sheet(Augmentation augmentation) {
    return Objects.requireNonNull(sheet(augmentation, 32, null, random -> true));
  }

  private static @Nullable BufferedImage sheet(
      Augmentation augmentation,
      int size,
      double @Nullable [] box,
      Predicate<SampleRandom> mayFlip) {
    try (AugmentSheet sheet = new AugmentSheet(augmentation, size, MEAN, STD, 32)) {
      return sheet.draw(PICTURE.pixels(), Orientation.UPRIGHT, box, mayFlip, 7, 0);
    }
  }

  @Test
  void theOriginalStandsBesideSixteenDraws() {
    BufferedImage sheet = sheet(Augmentation.training(List.of(new Brightness(0))));
    assertThat(sheet.getWidth()).isEqualTo(2 * (4 * 36 - 4) + 12);
    assertThat(sheet.getHeight()).isEqualTo(4 * 36 + 4);
    // Left and right of the original, in the middle of its height.
    assertThat(sheet.getRGB(6, 74) >> 16 & 0xff).isLessThan(20);
    assertThat(sheet.getRGB(140, 74) >> 16 & 0xff).isGreaterThan(220);
    // The same place in every draw, in the colours of the picture.
    for (int i = 0; i < 16; i++) {
      int rgb = sheet.getRGB(148 + i % 4 * 36 + 16, 4 + i / 4 * 36 + 16);
      assertThat(rgb).isEqualTo(sheet.getRGB(148 + 16, 4 + 16));
      assertThat(rgb >> 16 & 0xff).isCloseTo(120, within(4));
      assertThat(rgb & 0xff).isCloseTo(90, within(1));
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
  void drawsAreMadeInTheModelsSizeAndThenScaled() {
    // Nine pixels of blur are most of a picture of 16 and little of one of 128.
    Interval strong = new Interval(4, 4);
    Augmentation blurred = Augmentation.training(List.of(new GaussianBlur(9, strong, 1)));
    int small = contrast(Objects.requireNonNull(sheet(blurred, 16, null, random -> true)));
    int large = contrast(Objects.requireNonNull(sheet(blurred, 128, null, random -> true)));
    assertThat(large).isGreaterThan(small + 15);
  }

  /** Red from the left to the right edge of the first draw. */
  private static int contrast(BufferedImage sheet) {
    return (sheet.getRGB(148 + 30, 20) >> 16 & 0xff) - (sheet.getRGB(148 + 1, 20) >> 16 & 0xff);
  }

  @Test
  void erasedRectanglesShowTheMeanColour() {
    Augmentation erased =
        Augmentation.training(
            List.of(new RandomErasing(1, new Interval(0.9, 0.9), new Interval(1, 1))));
    BufferedImage sheet = sheet(erased);
    for (int i = 0; i < 16; i++) {
      int rgb = sheet.getRGB(148 + i % 4 * 36 + 16, 4 + i / 4 * 36 + 16);
      assertThat(rgb & 0xffffff).isEqualTo(128 << 16 | 102 << 8 | 76);
    }
  }

  @Test
  void theCaptionIsDrawnFirstAndMayForbidToFlip() {
    Augmentation flipped = Augmentation.training(List.of(new Mirror(1, MirroredCaptions.SKIP)));
    int[] first = new int[16];
    int[] asked = {0};
    BufferedImage upright =
        Objects.requireNonNull(
            sheet(
                flipped,
                32,
                null,
                random -> {
                  first[asked[0]++] = random.nextInt(1_000_000);
                  return false;
                }));
    SampleRandom training = new SampleRandom();
    for (int epoch = 0; epoch < 16; epoch++) {
      training.reset(7, epoch, 0);
      assertThat(first[epoch]).isEqualTo(training.nextInt(1_000_000));
    }
    assertThat(contrast(upright)).isPositive();
    assertThat(contrast(sheet(flipped))).isNegative();
  }

  @Test
  void aBoxThatShowsNothingMakesNoSheet() {
    double[] box = {9, 9, 3, 3};
    assertThat(sheet(Augmentation.DEFAULT, 8, box, random -> true)).isNull();
  }
}
