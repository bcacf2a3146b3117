package dev.facet.prepare.face;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.augment.geometry.Orientation;
import dev.facet.loader.header.ImageFormat;
import dev.facet.loader.picture.BoxSpace;
import dev.facet.prepare.photo.PhotoHeader;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FaceBoxesTest {
  private static final PhotoHeader PHOTO =
      new PhotoHeader(ImageFormat.JPEG, 200, 100, Orientation.QUARTER_TURN_RIGHT);
  private final FaceBoxes boxes = new FaceBoxes(BoxSpace.STORED);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[10, 20, 30, 40]|10|20|30|40",
        "' [ 10 ,20,  30,40 ] '|10|20|30|40",
        "[10.25, 20.99, 30.01, 40.0]|10|20|31|40",
        "[-5, -7.5, 3, 4]|0|0|3|4",
        "[0, 0, 1e9, 1E+9]|0|0|200|100",
        "[-1e300, 99.5, 1e300, 1e300]|0|99|200|100",
        "[199, 99, 201, 101]|199|99|200|100",
        "[0.1, 0.2, 0.3, 0.4]|0|0|1|1",
        "[[10, 20, 30, 40]]|10|20|30|40",
        "['[10, 20, 30, 40]']|10|20|30|40",
      })
  void aBoxIsRoundedOutwardsAndCutToThePicture(
      String text, int left, int top, int right, int bottom) {
    assertThat(boxes.of(text.replace('\'', '"'), PHOTO))
        .containsExactly(new Face.Found(left, top, right, bottom));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1, 2, 3]",
        "[1, 2, 3, 4, 5]",
        "[163, 68, 295",
        "[NaN, 49, 440, 181]",
        "[1, 2, Infinity, 4]",
        "[1, 2, 1e999, 4]",
        "[1, 2, null, 4]",
        "[1, 2, true, 4]",
        "[\"1\", \"2\", \"3\", \"4\"]",
        "[]",
        "{}",
        "{\"x1\": 1}",
        "7",
        "1, 2, 3, 4",
        "[1, 2, 3, 4] and more",
        "[1, 2, 3, 4,]",
        "[1 2 3 4]",
        "nan",
        "\"\""
      })
  void whatIsNoListOfFourFiniteNumbersIsMalformed(String text) {
    assertThat(boxes.of(text, PHOTO)).containsExactly(new Face.Unusable("box_malformed"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[30, 20, 10, 40]", "[10, 40, 30, 20]", "[10, 20, 10, 40]", "[900, 5, 800, 9]"})
  void whatHasNoAreaIsInverted(String text) {
    assertThat(boxes.of(text, PHOTO)).containsExactly(new Face.Unusable("box_inverted"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[200, 20, 210, 40]",
        "[-9, 20, 0, 40]",
        "[10, 100, 20, 120]",
        "[10, -9, 20, -0.0]",
        "[1e300, 1, 2e300, 5]"
      })
  void whatLeavesNothingOfThePictureIsOutside(String text) {
    assertThat(boxes.of(text, PHOTO)).containsExactly(new Face.Unusable("box_outside"));
  }

  @Test
  void nothingIsNoBox() {
    Face none = new Face.Unusable("no_box");
    assertThat(boxes.of((@Nullable String) null, PHOTO)).containsExactly(none);
    assertThat(boxes.of("", PHOTO)).containsExactly(none);
    assertThat(boxes.of(" \t\n", PHOTO)).containsExactly(none);
    assertThat(boxes.of("null", PHOTO)).containsExactly(none);
    assertThat(boxes.of(List.of(), PHOTO)).containsExactly(none);
    assertThat(boxes.of((double @Nullable []) null, PHOTO)).isEqualTo(none);
  }

  @Test
  void severalFacesEachCount() {
    List<Face> expected =
        List.of(
            new Face.Found(1, 2, 3, 4),
            new Face.Unusable("box_malformed"),
            new Face.Found(5, 6, 7, 8));
    assertThat(boxes.of("[[1, 2, 3, 4], [1, 2], [5, 6, 7, 8]]", PHOTO)).isEqualTo(expected);
    assertThat(boxes.of("[\"[1, 2, 3, 4]\", \"x\", \"[5, 6, 7, 8]\"]", PHOTO)).isEqualTo(expected);
    assertThat(boxes.of(Arrays.asList("[1, 2, 3, 4]", "x", "[5, 6, 7, 8]"), PHOTO))
        .isEqualTo(expected);
  }

  @Test
  void displayedBoxesAreCutToTheDisplayedPicture() {
    assertThat(new FaceBoxes(BoxSpace.DISPLAYED).of("[0, 0, 999, 999]", PHOTO))
        .containsExactly(new Face.Found(0, 0, 100, 200));
  }
}
