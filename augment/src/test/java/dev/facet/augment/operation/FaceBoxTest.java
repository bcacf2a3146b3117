package dev.facet.augment.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facet.augment.geometry.Frame;
import dev.facet.augment.geometry.Frames;
import dev.facet.base.SampleRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaceBoxTest {
  private final SampleRandom random = new SampleRandom();

  private double[] cut(FaceBox operation, int width, int height, double... box) {
    Frame frame = new Frame(8);
    frame.whole(width, height, box.length == 0 ? null : box, true);
    operation.move(frame, random);
    assertThat(frame.usable()).isTrue();
    return Frames.rectangle(frame);
  }

  @Test
  void aFaceIsCutSquareWithItsMargin() {
    assertThat(cut(new FaceBox(0.25), 200, 200, 40, 40, 60, 80)).containsExactly(20, 30, 60, 60);
  }

  @Test
  void freeAspectWidensEachSideByItsOwnShare() {
    assertThat(cut(new FaceBox(0.25, 0, false), 200, 200, 40, 40, 60, 80))
        .containsExactly(35, 30, 30, 60);
  }

  @Test
  void theCutKeepsToThePicture() {
    assertThat(cut(new FaceBox(0.5), 200, 180, -10, 150, 30, 190)).containsExactly(0, 130, 50, 50);
  }

  @Test
  void withoutABoxAllOfThePictureStays() {
    assertThat(cut(new FaceBox(0.5, 0.5, true), 200, 180)).containsExactly(0, 0, 200, 180);
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
    Frame frame = new Frame(8);
    frame.whole(200, 100, new double[] {x1, y1, x2, y2}, true);
    new FaceBox(0.2).move(frame, random);
    assertThat(frame.usable()).isFalse();
  }

  @Test
  void jitterMovesAndScalesAsFarAsItSays() {
    double least = 100;
    double most = 0;
    for (int row = 0; row < 2000; row++) {
      random.reset(3, 0, row);
      double[] cut = cut(new FaceBox(0, 0.25, false), 400, 400, 100, 100, 140, 180);
      double centreX = cut[0] + cut[2] / 2;
      assertThat(centreX).isBetween(110.0, 130.0);
      assertThat(cut[3] / cut[2]).isCloseTo(2, within(1e-9));
      assertThat(cut[2]).isBetween(30.0, 50.0);
      least = Math.min(least, centreX);
      most = Math.max(most, centreX);
    }
    assertThat(least).isLessThan(110.5);
    assertThat(most).isGreaterThan(129.5);
  }
}
