package dev.facet.augment.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facet.augment.Augmentation;
import dev.facet.augment.Augmenter;
import dev.facet.augment.Painted;
import dev.facet.augment.geometry.Frame;
import dev.facet.augment.geometry.Frames;
import dev.facet.augment.geometry.Orientation;
import dev.facet.base.Interval;
import dev.facet.base.SampleRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeometryTest {
  private static final int SIZE = 16;
  private static final List<Double> ONES = List.of(1.0, 1.0, 1.0);

  private final SampleRandom random = new SampleRandom();

  private static Frame whole(int width, int height) {
    Frame frame = new Frame(SIZE);
    frame.whole(width, height, null, true);
    return frame;
  }

  /** Red is x, green is y, so that a result says where it came from. */
  private static Painted map() {
    return new Painted(256, 200, (x, y) -> Painted.rgb(x, y, 255));
  }

  private Painted rendered(Painted picture, Operation... operations) {
    Painted out = Painted.blank(SIZE);
    try (Augmenter augmenter =
        new Augmenter(Augmentation.training(List.of(operations)), SIZE, ONES, ONES)) {
      augmenter.vary(picture.stored(Orientation.UPRIGHT), null, true, random, out.address());
    }
    return out;
  }

  @Test
  void randomCropsKeepToPictureScaleAndRatio() {
    RandomResizedCrop crop =
        new RandomResizedCrop(new Interval(0.3, 0.8), new Interval(0.75, 1.25));
    for (int row = 0; row < 1000; row++) {
      random.reset(1, 0, row);
      Frame frame = whole(200, 100);
      frame.cut(7, 3, 120, 80);
      crop.move(frame, random);
      double[] cut = Frames.rectangle(frame);
      assertThat(cut[0]).isGreaterThanOrEqualTo(7);
      assertThat(cut[1]).isGreaterThanOrEqualTo(3);
      assertThat(cut[0] + cut[2]).isLessThanOrEqualTo(127.000001);
      assertThat(cut[1] + cut[3]).isLessThanOrEqualTo(83.000001);
      assertThat(cut[2] / cut[3]).isBetween(0.7499, 1.2501);
      assertThat(cut[2] * cut[3] / 9600).isBetween(0.2999, 0.8001);
    }
  }

  @Test
  void aCropThatCannotFitBecomesTheLargestCentredOne() {
    Frame frame = whole(100, 60);
    new RandomResizedCrop(new Interval(1, 1), new Interval(1, 1)).move(frame, random);
    assertThat(Frames.rectangle(frame)).containsExactly(20, 0, 60, 60);
  }

  @Test
  void theCentreIsCutOut() {
    Frame frame = whole(100, 60);
    new CentreCrop(0.5).move(frame, random);
    assertThat(Frames.rectangle(frame)).containsExactly(35, 15, 30, 30);
  }

  @Test
  void squashingKeepsAllOfThePicture() {
    Frame frame = whole(100, 60);
    Squash.DEFAULT.move(frame, random);
    assertThat(Frames.rectangle(frame)).containsExactly(0, 0, 100, 60);
    assertThat(frame.square()).isTrue();
  }

  @Test
  void aRotationBySixtyDegreesTurnsCounterClockwise() {
    // The only angle that is known beforehand is the one that the same generator draws again.
    random.reset(5, 0, 0);
    double angle = Math.toRadians(random.nextDouble(-60, 60));
    random.reset(5, 0, 0);
    try (Painted map = map();
        Painted out = rendered(map, new CentreCrop(0.5), new Rotation(60))) {
      // The centre is (128, 100), a pixel of the result 100 / 16 of the picture.
      for (int i = 2; i < SIZE - 2; i++) {
        double right = (i + 0.5 - SIZE / 2.0) * 100 / SIZE;
        double x = 128 + right * Math.cos(angle) - 0.5 * 100 / SIZE * Math.sin(angle);
        double y = 100 + right * Math.sin(angle) + 0.5 * 100 / SIZE * Math.cos(angle);
        assertThat(out.level(i, SIZE / 2, 0)).isCloseTo((int) Math.round(x - 0.5), within(1));
        assertThat(out.level(i, SIZE / 2, 1)).isCloseTo((int) Math.round(y - 0.5), within(1));
      }
    }
  }

  @Test
  void allOperationsTogetherAreOneResamplingOfTheComposedMap() {
    for (int row = 0; row < 40; row++) {
      random.reset(9, 0, row);
      double angle = Math.toRadians(random.nextDouble(-20, 20));
      double slope = Math.tan(Math.toRadians(random.nextDouble(-15, 15)));
      double shiftX = random.nextDouble(-0.1, 0.1) * SIZE;
      double shiftY = random.nextDouble(-0.1, 0.1) * SIZE;
      boolean mirrored = random.nextDouble() < 0.5;
      random.reset(9, 0, row);
      try (Painted map = map();
          Painted out =
              rendered(
                  map,
                  new CentreCrop(0.3),
                  new Rotation(20),
                  new Shear(15),
                  new Translation(0.1),
                  new Mirror(0.5, MirroredCaptions.KEEP))) {
        double step = 0.3 * 200 / SIZE;
        for (int v = 0; v < SIZE; v++) {
          for (int u = 0; u < SIZE; u++) {
            // From the result back to the picture, the last operation first, around the centre.
            double x = (mirrored ? SIZE - u - 0.5 : u + 0.5) - SIZE / 2.0 - shiftX;
            double y = v + 0.5 - SIZE / 2.0 - shiftY;
            x += slope * y;
            double turnedX = x * Math.cos(angle) - y * Math.sin(angle);
            double turnedY = x * Math.sin(angle) + y * Math.cos(angle);
            assertThat((double) out.level(u, v, 0))
                .isCloseTo(128 + step * turnedX - 0.5, within(1.3));
            assertThat((double) out.level(u, v, 1))
                .isCloseTo(100 + step * turnedY - 0.5, within(1.3));
          }
        }
      }
    }
  }

  @Test
  void beyondThePictureItIsBlackAndUpToItsEdgeThePicture() {
    random.reset(0, 0, 0);
    try (Painted white = new Painted(64, 64, (x, y) -> 0xffffff);
        Painted out = rendered(white, new Translation(0.4))) {
      assertThat(out.levels()).contains(0).contains(255);
    }
  }

  @Test
  void rotationShearAndTranslationByNothingLeaveThePicture() {
    try (Painted map = map();
        Painted plain = rendered(map);
        Painted out = rendered(map, new Rotation(0), new Shear(0), new Translation(0))) {
      assertThat(out.levels()).isEqualTo(plain.levels());
    }
  }

  @Test
  void aCertainFlipMirrorsAndAnImpossibleOneDoesNot() {
    try (Painted map = map();
        Painted plain = rendered(map, new Mirror(0, MirroredCaptions.KEEP));
        Painted out = rendered(map, new Mirror(1, MirroredCaptions.KEEP))) {
      for (int x = 0; x < SIZE; x++) {
        assertThat(out.level(x, 3, 0)).isEqualTo(plain.level(SIZE - 1 - x, 3, 0));
        assertThat(plain.level(x, 3, 0)).isCloseTo((int) (28 + 12.5 * x + 6), within(8));
      }
    }
  }

  @Test
  void aStronglyShrunkSlantedPictureIsAveraged() {
    // A chessboard finer than the result: without averaging its pixels would be black or white.
    try (Painted board = new Painted(640, 640, (x, y) -> (x + y) % 2 == 0 ? 0 : 0xffffff);
        Painted out = rendered(board, new CentreCrop(0.6), new Rotation(45))) {
      for (int level : out.levels()) {
        assertThat(level).isBetween(100, 155);
      }
    }
  }
}
