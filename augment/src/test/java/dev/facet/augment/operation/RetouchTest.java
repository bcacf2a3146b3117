package dev.facet.augment.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facet.augment.Painted;
import dev.facet.augment.canvas.Canvas;
import dev.facet.base.Interval;
import dev.facet.base.SampleRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operations on pixels; expected numbers are Pillow's (12.3) unless a comment says otherwise. */
class RetouchTest {
  private static final List<Double> MEAN = List.of(0.5, 0.4, 0.3);
  private static final int[] MIDDLE = {
    58, 160, 60, 89, 143, 86, 120, 126, 112, 151, 109, 138, 182, 92, 74
  };

  private final SampleRandom random = new SampleRandom();

  private static Painted small() {
    return new Painted(
        5,
        5,
        (x, y) -> Painted.rgb(40 + x * 31 + y * 9, 200 - x * 17 - y * 20, x * y * 13 % 90 + 60));
  }

  private int[] changed(Painted picture, OnCanvas... operations) {
    try (Canvas canvas = new Canvas(picture.width, MEAN)) {
      canvas.begin(picture.address());
      for (OnCanvas operation : operations) {
        operation.apply(canvas, random);
      }
      var _ = canvas.picture();
    }
    return picture.levels();
  }

  private int[] middleRow(OnCanvas operation) {
    try (Painted picture = small()) {
      changed(picture, operation);
      return picture.row(2);
    }
  }

  @Test
  void noneLeavesATrace() {
    Interval one = new Interval(1, 1);
    assertThat(middleRow(new AutoContrast(0))).containsExactly(MIDDLE);
    assertThat(middleRow(new Equalise(0))).containsExactly(MIDDLE);
    assertThat(middleRow(new Posterise(4, 0))).containsExactly(MIDDLE);
    assertThat(middleRow(new Posterise(8, 1))).containsExactly(MIDDLE);
    assertThat(middleRow(new Solarise(128, 0))).containsExactly(MIDDLE);
    assertThat(middleRow(new Solarise(256, 1))).containsExactly(MIDDLE);
    assertThat(middleRow(new Sharpness(one, 1))).containsExactly(MIDDLE);
    assertThat(middleRow(new Sharpness(new Interval(3, 3), 0))).containsExactly(MIDDLE);
    assertThat(middleRow(new GaussianBlur(3, one, 0))).containsExactly(MIDDLE);
    assertThat(middleRow(new GaussianBlur(1, one, 1))).containsExactly(MIDDLE);
    assertThat(middleRow(new JpegQuality(one, 0))).containsExactly(MIDDLE);
    assertThat(middleRow(new RandomErasing(0, one, one))).containsExactly(MIDDLE);
    assertThat(middleRow(new RandAugment(0, 5))).containsExactly(MIDDLE);
  }

  @Test
  void autoContrastStretchesEachChannel() {
    assertThat(middleRow(new AutoContrast(1)))
        .containsExactly(28, 186, 0, 78, 156, 84, 127, 127, 169, 176, 98, 254, 226, 68, 45);
  }

  @Test
  void equalisationEqualsPillows() {
    try (Painted picture = new Painted(16, 16, (x, y) -> Painted.rgb(x * 16 + y, y * y, x * y))) {
      changed(picture, new Equalise(1));
      assertThat(picture.row(7))
          .containsExactly(
              7, 49, 0, 23, 49, 45, 39, 49, 68, 55, 49, 87, 71, 49, 102, 87, 49, 116, 103, 49, 129,
              119, 49, 143, 135, 49, 152, 151, 49, 162, 167, 49, 169, 183, 49, 179, 199, 49, 186,
              215, 49, 196, 231, 49, 200, 247, 49, 207);
    }
  }

  @Test
  void posterisingKeepsTheHighestBits() {
    assertThat(middleRow(new Posterise(4, 1)))
        .containsExactly(48, 160, 48, 80, 128, 80, 112, 112, 112, 144, 96, 128, 176, 80, 64);
  }

  @Test
  void solarisingInvertsFromTheThresholdOn() {
    assertThat(middleRow(new Solarise(128, 1)))
        .containsExactly(58, 95, 60, 89, 112, 86, 120, 126, 112, 104, 109, 117, 73, 92, 74);
  }

  @Test
  void sharpnessEqualsPillowsWithinALevelAndKeepsTheBorder() {
    assertThat(middleRow(new Sharpness(new Interval(2, 2), 1)))
        .satisfies(row -> near(row, 58, 160, 60, 89, 143, 86, 120, 126, 119, 151, 109, 159, 182));
    assertThat(middleRow(new Sharpness(new Interval(0, 0), 1)))
        .satisfies(row -> near(row, 58, 160, 60, 89, 143, 86, 120, 126, 105, 151, 109, 117, 182));
  }

  @Test
  void blurringContinuesThePictureByReflection() {
    // torch: conv2d of the reflected picture with sigma 0.8.
    assertThat(middleRow(new GaussianBlur(3, new Interval(0.8, 0.8), 1)))
        .satisfies(
            row ->
                near(row, 73, 152, 72, 89, 143, 86, 120, 126, 107, 151, 109, 110, 167, 100, 106));
  }

  private static void near(int[] row, int... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(row[i]).as("value %d", i).isCloseTo(expected[i], within(1));
    }
  }

  @Test
  void jpegKeepsColoursAndLosesDetailAsQualityFalls() {
    double last = 0;
    for (int quality : new int[] {95, 50, 10}) {
      Interval exactly = new Interval(quality, quality);
      try (Painted picture =
              new Painted(64, 64, (x, y) -> Painted.rgb(200, 4 * y, 60 + (x * x + y * y) % 40));
          Painted original =
              new Painted(64, 64, (x, y) -> Painted.rgb(200, 4 * y, 60 + (x * x + y * y) % 40))) {
        int[] got = changed(picture, new JpegQuality(exactly, 1));
        double gap = 0;
        double red = 0;
        for (int i = 0; i < got.length; i++) {
          gap += Math.abs(got[i] - original.levels()[i]) / (double) got.length;
          red += i % 3 == 0 ? 3.0 * got[i] / got.length : 0;
        }
        assertThat(red).isCloseTo(200, within(4.0));
        assertThat(gap).isGreaterThan(last);
        last = gap;
      }
    }
    assertThat(last).isLessThan(20);
  }

  @Test
  void erasingCoversARectangleOfTheSizeAskedForWithTheMeanColour() {
    for (int row = 0; row < 50; row++) {
      random.reset(1, 0, row);
      try (Painted white = new Painted(40, 40, (x, y) -> 0xffffff)) {
        int[] got =
            changed(white, new RandomErasing(1, new Interval(0.1, 0.2), new Interval(0.5, 2)));
        int covered = 0;
        for (int i = 0; i < got.length; i += 3) {
          if (got[i] != 255) {
            assertThat(Arrays.copyOfRange(got, i, i + 3)).containsExactly(128, 102, 76);
            covered++;
          }
        }
        assertThat(covered / 1600.0).isBetween(0.09, 0.22);
      }
    }
  }

  @Test
  void colourBeforePixelsIsAppliedFirstAndClamped() {
    // Twice as bright, then inverted from 128 on; the other way round gives other numbers.
    try (Painted picture = new Painted(3, 3, (x, y) -> Painted.rgb(50, 100, 200));
        Canvas canvas = new Canvas(3, MEAN)) {
      canvas.begin(picture.address());
      canvas.colour().brightness(2);
      new Solarise(128, 1).apply(canvas, random);
      assertThat(picture.row(0)).startsWith(100, 55, 0);
      assertThat(canvas.colour().isIdentity()).isTrue();
    }
    try (Painted picture = new Painted(3, 3, (x, y) -> Painted.rgb(50, 100, 200));
        Canvas canvas = new Canvas(3, MEAN)) {
      canvas.begin(picture.address());
      new Solarise(128, 1).apply(canvas, random);
      canvas.colour().brightness(2);
      var _ = canvas.picture();
      assertThat(picture.row(0)).startsWith(100, 200, 110);
    }
  }

  @Test
  void colourAfterPixelsStaysInTheMatrix() {
    try (Painted picture = small();
        Canvas canvas = new Canvas(5, MEAN)) {
      canvas.begin(picture.address());
      new Posterise(8, 1).apply(canvas, random);
      new Brightness(0.5).apply(canvas, random);
      assertThat(picture.row(2)).containsExactly(MIDDLE);
      assertThat(canvas.colour().isIdentity()).isFalse();
    }
  }

  @Test
  void contrastTurnsAroundTheMeanThatTheStepsBeforeLeave() {
    try (Painted picture = small();
        Canvas canvas = new Canvas(5, MEAN)) {
      canvas.begin(picture.address());
      double plain = canvas.meanGrey();
      canvas.colour().brightness(0.5);
      assertThat(canvas.meanGrey()).isCloseTo(plain / 2, within(1e-9));
      var _ = canvas.picture();
      assertThat(canvas.meanGrey()).isCloseTo(plain / 2, within(0.5));
    }
  }

  @Test
  void randAugmentDrawsEachOfItsOperationsAndAppliesHalfOfThem() {
    // With m = 10: what stays, what only levels change in, and what moves, told by a grey edge.
    int same = 0;
    int moved = 0;
    int other = 0;
    for (int row = 0; row < 400; row++) {
      random.reset(6, 0, row);
      try (Painted picture =
          new Painted(40, 40, (x, y) -> Painted.rgb(60 + 3 * x, 60 + x * y % 90, 200 - x))) {
        int[] before = picture.levels();
        int[] after = changed(picture, new RandAugment(1, 10));
        if (Arrays.equals(before, after)) {
          same++;
        } else if (hasGreyEdge(picture)) {
          moved++;
        } else {
          other++;
        }
      }
    }
    // One in ten changes nothing even if applied, five in ten move, four in ten do neither.
    assertThat(same / 400.0).isBetween(0.48, 0.62);
    assertThat(moved / 400.0).isBetween(0.19, 0.31);
    assertThat(other / 400.0).isBetween(0.14, 0.26);
  }

  private static boolean hasGreyEdge(Painted picture) {
    int last = picture.width - 1;
    for (int i = 0; i <= last; i++) {
      for (int[] at : new int[][] {{i, 0}, {i, last}, {0, i}, {last, i}}) {
        boolean grey = true;
        for (int c = 0; c < 3; c++) {
          grey &= picture.level(at[0], at[1], c) == 128;
        }
        if (grey) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void randAugmentAtStrengthZeroMovesNothing() {
    for (int row = 0; row < 100; row++) {
      random.reset(8, 0, row);
      try (Painted picture = new Painted(20, 20, (x, y) -> Painted.rgb(12 * x, 12 * y, 255))) {
        changed(picture, new RandAugment(1, 0));
        assertThat(hasGreyEdge(picture)).isFalse();
      }
    }
  }
}
