package dev.facet.loader.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.augment.Augmentation;
import dev.facet.augment.geometry.Box;
import dev.facet.augment.operation.FaceBox;
import dev.facet.augment.operation.Mirror;
import dev.facet.augment.operation.MirroredCaptions;
import dev.facet.base.SampleRandom;
import dev.facet.loader.Pictures;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.Row;
import dev.facet.loader.decode.DecodeSettings;
import java.awt.image.BufferedImage;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PictureMakerTest {
  private static final int SIZE = 16;

  private final SampleRandom random = new SampleRandom();

  /** Dark on the left, light on the right, stored as EXIF's value says. */
  private static Row row(int orientation, String caption) {
    byte[] jpeg = Pictures.withOrientation(Pictures.jpeg(Pictures.gradient(120, 80)), orientation);
    Row row = new Row();
    row.image().at(MemorySegment.ofArray(jpeg), 0, jpeg.length);
    row.caption(caption, 1);
    return row;
  }

  private static PictureMaker maker(Augmentation augmentation, BoxSpace boxSpace) {
    return new PictureMaker(
        ImageSettings.plain(SIZE, augmentation, DecodeSettings.DEFAULT, boxSpace));
  }

  private static Augmentation mirroring(MirroredCaptions captions) {
    return Augmentation.training(List.of(new Mirror(1, captions)));
  }

  @Test
  void aStoredBoxIsTurnedUprightAndTheRowKeepsItsOwn() throws BadSampleException {
    Row row = row(6, "a face");
    row.box(10, 20, 60, 50);
    try (PictureMaker pictures =
        maker(Augmentation.training(List.of(new FaceBox(0))), BoxSpace.STORED)) {
      Box first = pictures.make(row, random).box();
      // Turned to the right, what was at the bottom of 80 lines is on the left.
      assertThat(first).isEqualTo(new Box(30, 10, 60, 60));
      assertThat(row.faceBox()).isEqualTo(new Box(10, 20, 60, 50));
      assertThat(pictures.make(row, random).box()).isEqualTo(first);
    }
  }

  @Test
  void theCaptionGoesWithThePicture() throws BadSampleException {
    Row row = row(1, "looks to the left");
    try (PictureMaker swapping = maker(mirroring(MirroredCaptions.SWAP), BoxSpace.DISPLAYED);
        PictureMaker skipping = maker(mirroring(MirroredCaptions.SKIP), BoxSpace.DISPLAYED)) {
      MadePicture mirrored = swapping.make(row, random);
      assertThat(mirrored.caption()).isEqualTo("looks to the right");
      MadePicture upright = skipping.make(row, random);
      assertThat(upright.caption()).isEqualTo("looks to the left");
      BufferedImage one = mirrored.image();
      BufferedImage other = upright.image();
      assertThat(one.getRGB(0, 8)).isEqualTo(other.getRGB(SIZE - 1, 8));
      assertThat(one.getRGB(0, 8)).isNotEqualTo(other.getRGB(0, 8));
    }
  }

  @Test
  void theSamePictureIsKnownAgainHoweverItIsVaried() throws BadSampleException {
    try (PictureMaker pictures = maker(Augmentation.DEFAULT, BoxSpace.DISPLAYED)) {
      Row row = row(1, "a face");
      random.reset(1, 0, 0);
      long first = pictures.make(row, random).id();
      random.reset(1, 1, 0);
      assertThat(pictures.make(row, random).id()).isEqualTo(first);
      assertThat(pictures.make(row(6, "a face"), random).id()).isNotEqualTo(first);
    }
  }

  @Test
  void aBoxOutsideThePictureIsToldAsItLiesThere() {
    Row row = row(6, "a face");
    row.box(10, 90, 60, 95);
    try (PictureMaker pictures =
        maker(Augmentation.training(List.of(new FaceBox(0))), BoxSpace.STORED)) {
      assertThatThrownBy(() -> pictures.make(row, random))
          .isInstanceOf(BadSampleException.class)
          .hasMessage(
              "Box[x1=-15.0, y1=10.0, x2=-10.0, y2=60.0] is empty or outside the picture of 80x120"
                  + " pixels");
    }
  }
}
