package dev.facet.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.facet.augment.Augmentation;
import dev.facet.augment.geometry.Box;
import dev.facet.augment.operation.Brightness;
import dev.facet.augment.operation.GaussianBlur;
import dev.facet.augment.operation.Mirror;
import dev.facet.augment.operation.MirroredCaptions;
import dev.facet.augment.operation.RandomErasing;
import dev.facet.base.Interval;
import dev.facet.base.SampleRandom;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.Row;
import dev.facet.loader.picture.ImageSettings;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class VariationsTest {
  private static final long SEED = 7;

  /** Height of the text below a draw. */
  private static final int TEXT = Variations.LINES * SheetText.LINE;

  private static final List<Double> MEAN = List.of(0.5, 0.4, 0.3);
  private static final List<Double> STD = List.of(0.2, 0.3, 0.4);

  /** A picture of 120 x 80 that grows red to the right, with these captions. */
  private static Row row(@Nullable Box box, String... captions) throws IOException {
    BufferedImage image = new BufferedImage(120, 80, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 80; y++) {
      for (int x = 0; x < 120; x++) {
        image.setRGB(x, y, new Color(2 * x, 3 * y, 90).getRGB());
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    Row row = new Row();
    row.image().at(MemorySegment.ofArray(out.toByteArray()), 0, out.size());
    for (String caption : captions) {
      row.caption(caption, 1);
    }
    if (box != null) {
      row.box(box.x1(), box.y1(), box.x2(), box.y2());
    }
    return row;
  }

  private static BufferedImage sheet(Augmentation augmentation, int size, Row row)
      throws BadSampleException {
    ImageSettings images = new ImageSettings(size, augmentation, MEAN, STD);
    try (Variations variations = new Variations(images, 32, SEED)) {
      return variations.of(row, 0);
    }
  }

  private static BufferedImage sheet(Augmentation augmentation) throws Exception {
    return sheet(augmentation, 32, row(null, "a face"));
  }

  /** Where a draw begins on the sheet. */
  private static int left(int draw) {
    return 148 + draw % 4 * 36;
  }

  private static int top(int draw) {
    return 4 + draw / 4 * (36 + TEXT);
  }

  /** Red from the left to the right edge of a draw. */
  private static int contrast(BufferedImage sheet, int draw) {
    return (sheet.getRGB(left(draw) + 30, top(draw) + 16) >> 16 & 0xff)
        - (sheet.getRGB(left(draw) + 1, top(draw) + 16) >> 16 & 0xff);
  }

  @Test
  void theOriginalStandsBesideSixteenDraws() throws Exception {
    BufferedImage sheet = sheet(Augmentation.training(List.of(new Brightness(0))));
    assertThat(sheet.getWidth()).isEqualTo(2 * (4 * 36 - 4) + 12);
    assertThat(sheet.getHeight()).isEqualTo(4 * (36 + TEXT) + 4);
    // Left and right of the original, in the middle of its height.
    assertThat(sheet.getRGB(6, 74) >> 16 & 0xff).isLessThan(20);
    assertThat(sheet.getRGB(140, 74) >> 16 & 0xff).isGreaterThan(220);
    // The same place in every draw, in the colours of the picture.
    for (int i = 0; i < 16; i++) {
      int rgb = sheet.getRGB(left(i) + 16, top(i) + 16);
      assertThat(rgb).isEqualTo(sheet.getRGB(left(0) + 16, top(0) + 16));
      assertThat(rgb >> 16 & 0xff).isCloseTo(120, within(4));
      assertThat(rgb & 0xff).isCloseTo(90, within(1));
    }
  }

  @Test
  void belowEachDrawStandsWhatChangedItAndBelowThePictureItsCaption() throws Exception {
    BufferedImage some =
        sheet(Augmentation.training(List.of(new Mirror(0.5, MirroredCaptions.KEEP))));
    for (int i = 0; i < 16; i++) {
      boolean mirrored = contrast(some, i) < 0;
      assertThat(ink(some, left(i), top(i) + 32, 32)).as("draw %d", i).isEqualTo(mirrored);
    }
    // 140 pixels wide, the picture of 120 x 80 is 93 high.
    assertThat(ink(some, 4, 4 + 93, 140)).isTrue();
  }

  /** Whether anything is written in a text's place. */
  private static boolean ink(BufferedImage sheet, int left, int top, int width) {
    for (int y = top + 1; y < top + TEXT; y++) {
      for (int x = left; x < left + width; x++) {
        if ((sheet.getRGB(x, y) & 0xff) < 0x80) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void drawsDifferAndComeAgain() throws Exception {
    Augmentation varied = Augmentation.training(List.of(new Brightness(0.5)));
    BufferedImage first = sheet(varied);
    BufferedImage second = sheet(varied);
    assertThat(first.getRGB(164, 20)).isEqualTo(second.getRGB(164, 20));
    assertThat(first.getRGB(164, 20)).isNotEqualTo(first.getRGB(164 + 36, 20));
  }

  @Test
  void drawsAreMadeInTheModelsSizeAndThenScaled() throws Exception {
    // Nine pixels of blur are most of a picture of 16 and little of one of 128.
    Augmentation blurred =
        Augmentation.training(List.of(new GaussianBlur(9, new Interval(4, 4), 1)));
    int small = contrast(sheet(blurred, 16, row(null, "a face")), 0);
    int large = contrast(sheet(blurred, 128, row(null, "a face")), 0);
    assertThat(large).isGreaterThan(small + 15);
  }

  @Test
  void erasedRectanglesShowTheMeanColour() throws Exception {
    BufferedImage sheet =
        sheet(
            Augmentation.training(
                List.of(new RandomErasing(1, new Interval(0.9, 0.9), new Interval(1, 1)))));
    for (int i = 0; i < 16; i++) {
      int rgb = sheet.getRGB(left(i) + 16, top(i) + 16);
      assertThat(rgb & 0xffffff).isEqualTo(128 << 16 | 102 << 8 | 76);
    }
  }

  @Test
  void theCaptionOfEachEpochSaysWhetherThePictureIsMirrored() throws Exception {
    Augmentation mirrored = Augmentation.training(List.of(new Mirror(1, MirroredCaptions.SKIP)));
    Row row = row(null, "looks to the left", "a face");
    BufferedImage sheet = sheet(mirrored, 32, row);
    SampleRandom training = new SampleRandom();
    int sided = 0;
    for (int epoch = 0; epoch < 16; epoch++) {
      training.reset(SEED, epoch, 0);
      boolean stays = row.draw(training) == 0;
      sided += stays ? 1 : 0;
      assertThat(contrast(sheet, epoch) > 0).as("epoch %d", epoch).isEqualTo(stays);
    }
    assertThat(sided).isBetween(1, 15);
  }

  @Test
  void aBoxThatShowsNothingMakesNoSheet() throws Exception {
    Row row = row(new Box(9, 9, 3, 3), "a face");
    assertThatThrownBy(() -> sheet(Augmentation.DEFAULT, 8, row))
        .isInstanceOf(BadSampleException.class)
        .hasMessageContaining("outside the picture of 120x80 pixels");
  }
}
