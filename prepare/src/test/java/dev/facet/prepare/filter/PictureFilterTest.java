package dev.facet.prepare.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.loader.decode.DecodeSettings;
import dev.facet.prepare.photo.Drawn;
import dev.facet.prepare.photo.Photo;
import dev.facet.prepare.photo.PhotoReader;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PictureFilterTest {
  @Test
  void sizesAndShapesAreRefusedBeforeAnythingIsDecoded() {
    try (PictureFilter filter = new PictureFilter(settings(64, 3, 0, false, 2))) {
      assertThat(filter.refusesSize(64, 64)).isNull();
      assertThat(filter.refusesSize(500, 63)).isEqualTo("low_resolution");
      assertThat(filter.refusesSize(192, 64)).isNull();
      assertThat(filter.refusesSize(64, 193)).isEqualTo("aspect");
      assertThat(filter.refusesFaces(2)).isNull();
      assertThat(filter.refusesFaces(3)).isEqualTo("several_faces");
    }
  }

  @Test
  void everyRuleIsOffByDefault() throws IOException {
    assertThat(look(FilterSettings.DEFAULT, Drawn.flat(0x808080, 1, 1))).isNull();
    try (PictureFilter filter = new PictureFilter(FilterSettings.DEFAULT)) {
      assertThat(filter.refusesSize(1, 65_535)).isNull();
      assertThat(filter.refusesFaces(100)).isNull();
    }
  }

  @Test
  void greyPicturesHaveNoColour() throws IOException {
    FilterSettings noGrey = settings(0, 0, 0, true, 0);
    BufferedImage picture = Drawn.picture(1, 400, 300);
    BufferedImage grey = new BufferedImage(400, 300, BufferedImage.TYPE_BYTE_GRAY);
    grey.createGraphics().drawImage(picture, 0, 0, null);
    assertThat(look(noGrey, grey)).isEqualTo("grey");
    assertThat(look(noGrey, picture)).isNull();
  }

  @Test
  void whatIsBlurredIsSoAtAnySize() throws IOException {
    FilterSettings sharp = settings(0, 0, 100, false, 0);
    for (int factor = 1; factor <= 2; factor++) {
      BufferedImage picture = Drawn.resized(Drawn.picture(2, 256, 256), 256 * factor, 256 * factor);
      float[] box = new float[25 * factor * 25 * factor];
      Arrays.fill(box, 1f / box.length);
      BufferedImage blurred =
          new ConvolveOp(new Kernel(25 * factor, 25 * factor, box)).filter(picture, null);
      BufferedImage inside =
          blurred.getSubimage(
              16 * factor, 16 * factor, 220 * factor, 220 * factor); // beside: black
      assertThat(look(sharp, picture)).isNull();
      assertThat(look(sharp, Drawn.resized(inside, 220 * factor, 220 * factor)))
          .isEqualTo("blurred");
    }
  }

  private static @Nullable String look(FilterSettings settings, BufferedImage picture)
      throws IOException {
    try (PhotoReader reader = new PhotoReader(DecodeSettings.DEFAULT);
        PictureFilter filter = new PictureFilter(settings)) {
      Photo photo = (Photo) reader.read(Drawn.encoded(picture, "png"), PhotoReader.FULL);
      return filter.refusesLook(photo.pixels());
    }
  }

  private static FilterSettings settings(
      int minSide, double maxAspect, double minSharpness, boolean dropGrey, int maxFaces) {
    return new FilterSettings(
        minSide,
        maxAspect,
        minSharpness,
        dropGrey,
        0,
        0,
        0,
        0,
        List.of(),
        0.9,
        0,
        maxFaces,
        -1,
        null);
  }
}
