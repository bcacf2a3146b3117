package dev.facet.augment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegionTest {
  @Test
  void aFaceIsCroppedSquareWithItsMargin() {
    assertThat(Region.around(new Box(40, 40, 60, 80), 0.25, 200, 200))
        .isEqualTo(new Region(20, 30, 60, 60));
  }

  @Test
  void theCropIsCutToThePicture() {
    assertThat(Region.around(new Box(-10, 150, 30, 190), 0.5, 200, 180))
        .isEqualTo(new Region(0, 130, 50, 50));
  }

  @ParameterizedTest
  @CsvSource({
    "10, 10, 10, 20",
    "10, 20, 20, 10",
    "20, 10, 10, 20",
    "200, 10, 220, 20",
    "10, 100, 20, 120",
    "-20, 10, 0, 20",
    "NaN, 10, 20, 20",
    "0, 0, Infinity, 20"
  })
  void aBoxThatShowsNothingIsRefused(double x1, double y1, double x2, double y2) {
    assertThat(Region.around(new Box(x1, y1, x2, y2), 0.2, 200, 100)).isNull();
  }

  @Test
  void randomCropsKeepToPictureScaleAndRatio() {
    AugmentSettings settings = new AugmentSettings(0, 0.3, 0.8, 0.75, 1.25, 0, 0, 0, 0, 0, 0);
    SampleRandom random = new SampleRandom();
    Region whole = new Region(7, 3, 120, 80);
    for (int row = 0; row < 1000; row++) {
      random.reset(1, 0, row);
      Region crop = whole.randomCrop(settings, random);
      assertThat(crop.x()).isGreaterThanOrEqualTo(7);
      assertThat(crop.y()).isGreaterThanOrEqualTo(3);
      assertThat(crop.x() + crop.width()).isLessThanOrEqualTo(127.000001);
      assertThat(crop.y() + crop.height()).isLessThanOrEqualTo(83.000001);
      assertThat(crop.width() / crop.height()).isBetween(0.7499, 1.2501);
      assertThat(crop.width() * crop.height() / 9600).isBetween(0.2999, 0.8001);
    }
  }

  @Test
  void aCropThatCannotFitBecomesTheLargestCentredOne() {
    AugmentSettings square = new AugmentSettings(0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0);
    assertThat(new Region(0, 0, 100, 60).randomCrop(square, new SampleRandom()))
        .isEqualTo(new Region(20, 0, 60, 60));
  }
}
