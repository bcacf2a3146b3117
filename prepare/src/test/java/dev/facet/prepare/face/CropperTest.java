package dev.facet.prepare.face;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.augment.geometry.Box;
import dev.facet.augment.geometry.Orientation;
import dev.facet.loader.decode.DecodeSettings;
import dev.facet.loader.encode.PictureFormat;
import dev.facet.loader.header.ImageFormat;
import dev.facet.loader.picture.BoxSpace;
import dev.facet.prepare.face.CropSettings.Edge;
import dev.facet.prepare.face.CropSettings.Region;
import dev.facet.prepare.face.CropSettings.Sized;
import dev.facet.prepare.face.CropSettings.WithoutBox;
import dev.facet.prepare.photo.Drawn;
import dev.facet.prepare.photo.Photo;
import dev.facet.prepare.photo.PhotoHeader;
import dev.facet.prepare.photo.PhotoReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class CropperTest {
  private static final PhotoHeader PHOTO =
      new PhotoHeader(ImageFormat.JPEG, 400, 300, Orientation.UPRIGHT);

  @Test
  void marginAndSquareWidenTheBoxAroundItsMiddle() {
    assertThat(cut(new Settings(), new Face.Found(150, 120, 190, 180)))
        .isEqualTo(new Cutting.Cut(125, 105, 215, 195, 90, 90, new Box(25, 15, 65, 75)));
    assertThat(cut(new Settings().square(false), new Face.Found(150, 120, 190, 180)))
        .isEqualTo(new Cutting.Cut(140, 105, 200, 195, 60, 90, new Box(10, 15, 50, 75)));
    assertThat(cut(new Settings().margin(0).square(false), new Face.Found(150, 120, 190, 181)))
        .isEqualTo(new Cutting.Cut(150, 120, 190, 181, 40, 61, new Box(0, 0, 40, 61)));
  }

  @Test
  void whatReachesOutOfThePictureIsCutOrMoved() {
    Face.Found corner = new Face.Found(0, 280, 40, 300);
    assertThat(cut(new Settings(), corner))
        .isEqualTo(new Cutting.Cut(0, 260, 50, 300, 50, 40, new Box(0, 20, 40, 40)));
    assertThat(cut(new Settings().edge(Edge.SHIFT), corner))
        .isEqualTo(new Cutting.Cut(0, 240, 60, 300, 60, 60, new Box(0, 40, 40, 60)));
    assertThat(cut(new Settings().edge(Edge.SHIFT), new Face.Found(50, 0, 350, 300)))
        .isEqualTo(new Cutting.Cut(0, 0, 400, 300, 400, 300, new Box(50, 0, 350, 300)));
  }

  @Test
  void smallFacesAndRowsWithoutBoxAreLosses() {
    Face small = new Face.Found(10, 10, 40, 29);
    try (Cropper cropper = new Cropper(new Settings().minFace(20).build())) {
      assertThat(
              cropper.plan(
                  PHOTO,
                  List.of(small, new Face.Unusable("no_box"), new Face.Unusable("box_inverted"))))
          .containsExactly(
              new Cutting.None("small_face"),
              new Cutting.None("no_box"),
              new Cutting.None("box_inverted"));
    }
  }

  @Test
  void aRowWithoutBoxCanBeAWholePicture() {
    Cutting whole = new Cutting.Cut(0, 0, 400, 300, 400, 300, null);
    try (Cropper cropper = new Cropper(new Settings().withoutBox(WithoutBox.WHOLE).build())) {
      assertThat(cropper.plan(PHOTO, List.of(new Face.Unusable("no_box")))).containsExactly(whole);
      assertThat(cropper.plan(PHOTO, List.of(new Face.Unusable("box_outside"))))
          .containsExactly(new Cutting.None("box_outside"));
    }
  }

  @Test
  void ofWholePicturesTheOneFaceIsKept() {
    Face face = new Face.Found(100, 60, 200, 180);
    try (Cropper cropper =
        new Cropper(new Settings().region(Region.WHOLE).size(200, Sized.LONGER).build())) {
      assertThat(cropper.plan(PHOTO, List.of(face)))
          .containsExactly(new Cutting.Cut(0, 0, 400, 300, 200, 150, new Box(50, 30, 100, 90)));
      assertThat(cropper.plan(PHOTO, List.of(face, face)))
          .containsExactly(new Cutting.Cut(0, 0, 400, 300, 200, 150, null));
    }
  }

  @Test
  void nothingIsEnlargedUnlessAskedFor() {
    Face.Found face = new Face.Found(100, 100, 140, 120);
    Settings plain = new Settings().margin(0).square(false).size(80, Sized.SHORTER);
    assertThat(cut(plain, face))
        .isEqualTo(new Cutting.Cut(100, 100, 140, 120, 40, 20, new Box(0, 0, 40, 20)));
    assertThat(cut(plain.enlarge(true), face))
        .isEqualTo(new Cutting.Cut(100, 100, 140, 120, 160, 80, new Box(0, 0, 160, 80)));
  }

  @Test
  void boxesOfStoredPixelsAreTurnedWithThePicture() throws IOException {
    BufferedImage stored = Drawn.flat(0x202020, 64, 48);
    for (int i = 0; i < 16 * 8; i++) {
      stored.setRGB(40 + i % 16, 8 + i / 16, 0xff0000);
    }
    byte[] bytes = Drawn.turned(Drawn.jpeg(stored, 1f), 6);
    for (BoxSpace space : BoxSpace.values()) {
      String box = space == BoxSpace.STORED ? "[40, 8, 56, 16]" : "[32, 40, 40, 56]";
      Settings settings = new Settings().margin(0).square(false).space(space);
      BufferedImage face = cropped(settings, bytes, box);
      assertThat(face.getWidth()).isEqualTo(8);
      assertThat(face.getHeight()).isEqualTo(16);
      for (int i = 0; i < 8 * 16; i++) {
        int rgb = face.getRGB(i % 8, i / 8);
        assertThat(rgb >> 16 & 0xff).isGreaterThan(120);
        assertThat(rgb & 0xff).isLessThan(80);
      }
    }
  }

  @Test
  void storedBytesStayWhereNothingChanges() throws IOException {
    byte[] bytes = Drawn.turned(Drawn.jpeg(Drawn.picture(1, 300, 200), 0.9f), 8);
    try (PhotoReader reader = new PhotoReader(DecodeSettings.DEFAULT);
        Cropper cropper = new Cropper(new Settings().region(Region.WHOLE).build())) {
      Photo photo = (Photo) reader.read(bytes, PhotoReader.FULL);
      Cutting.Cut cut =
          (Cutting.Cut) cropper.plan(photo.header(), List.of(new Face.Unusable("no_box"))).get(0);
      assertThat(cut.width()).isEqualTo(200);
      assertThat(cropper.crop(photo, cut).encoded()).isEqualTo(bytes);
    }
  }

  @Test
  void aJpegIsDecodedNoLargerThanNeededAndLooksTheSame() throws IOException {
    byte[] bytes = Drawn.jpeg(Drawn.picture(2, 1600, 1200), 0.95f);
    Settings settings = new Settings().size(200, Sized.SHORTER);
    BufferedImage face = cropped(settings, bytes, "[500, 300, 1100, 900]");
    assertThat(face.getWidth()).isEqualTo(200);
    try (PhotoReader reader = new PhotoReader(DecodeSettings.DEFAULT);
        Cropper cropper = new Cropper(settings.build())) {
      Photo full = (Photo) reader.read(bytes, PhotoReader.FULL);
      List<Cutting> plan =
          cropper.plan(full.header(), List.of(new Face.Found(500, 300, 1100, 900)));
      assertThat(cropper.reduction(full.header(), plan)).isEqualTo(4);
      BufferedImage reference =
          decoded(cropper.crop(full, (Cutting.Cut) plan.getFirst()).encoded());
      long difference = 0;
      for (int i = 0; i < 200 * 200; i++) {
        for (int shift = 0; shift < 24; shift += 8) {
          difference +=
              Math.abs(
                  (face.getRGB(i % 200, i / 200) >> shift & 0xff)
                      - (reference.getRGB(i % 200, i / 200) >> shift & 0xff));
        }
      }
      assertThat(difference / (3.0 * 200 * 200)).isLessThan(3);
    }
  }

  private static BufferedImage cropped(Settings settings, byte[] bytes, String box)
      throws IOException {
    CropSettings built = settings.build();
    FaceBoxes boxes = new FaceBoxes(built.boxSpace());
    try (PhotoReader reader = new PhotoReader(DecodeSettings.DEFAULT);
        Cropper cropper = new Cropper(built)) {
      Photo photo =
          (Photo)
              reader.read(
                  bytes,
                  header -> cropper.reduction(header, cropper.plan(header, boxes.of(box, header))));
      Cutting cut = cropper.plan(photo.header(), boxes.of(box, photo.header())).getFirst();
      return decoded(cropper.crop(photo, (Cutting.Cut) cut).encoded());
    }
  }

  private static BufferedImage decoded(byte[] bytes) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(bytes));
  }

  private static Cutting cut(Settings settings, Face face) {
    try (Cropper cropper = new Cropper(settings.build())) {
      List<Cutting> cuts = cropper.plan(PHOTO, List.of(face));
      assertThat(cuts).hasSize(1);
      return cuts.getFirst();
    }
  }

  /** The default, some of it changed. */
  private static final class Settings {
    private Region region = Region.FACE;
    private WithoutBox withoutBox = WithoutBox.DROP;
    private BoxSpace space = BoxSpace.STORED;
    private double margin = 0.25;
    private boolean square = true;
    private Edge edge = Edge.CUT;
    private int minFace;
    private int size;
    private Sized sized = Sized.SHORTER;
    private boolean enlarge;

    Settings region(Region value) {
      region = value;
      return this;
    }

    Settings withoutBox(WithoutBox value) {
      withoutBox = value;
      return this;
    }

    Settings space(BoxSpace value) {
      space = value;
      return this;
    }

    Settings margin(double value) {
      margin = value;
      return this;
    }

    Settings square(boolean value) {
      square = value;
      return this;
    }

    Settings edge(Edge value) {
      edge = value;
      return this;
    }

    Settings minFace(int value) {
      minFace = value;
      return this;
    }

    Settings size(int value, Sized side) {
      size = value;
      sized = side;
      return this;
    }

    Settings enlarge(boolean value) {
      enlarge = value;
      return this;
    }

    CropSettings build() {
      return new CropSettings(
          region,
          withoutBox,
          space,
          margin,
          square,
          edge,
          minFace,
          size,
          sized,
          enlarge,
          PictureFormat.JPEG,
          95);
    }
  }
}
