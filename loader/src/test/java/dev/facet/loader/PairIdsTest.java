package dev.facet.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.augment.Augmentation;
import dev.facet.augment.geometry.Box;
import dev.facet.augment.operation.FaceBox;
import dev.facet.augment.resample.Interpolation;
import dev.facet.augment.resample.ResizeMode;
import dev.facet.loader.data.CaptionId;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.data.MemoryDataset;
import dev.facet.loader.data.PictureId;
import dev.facet.loader.picture.ImageSettings;
import dev.facet.loader.quarantine.Quarantine;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PairIdsTest {
  private static final byte[] ONE = Pictures.jpeg(Pictures.busy(40, 48, 1));
  private static final byte[] OTHER = Pictures.jpeg(Pictures.busy(40, 48, 2));
  private static final FaceBox FACE = new FaceBox(0.25);

  /** Sees the first letter alone, large or small. */
  private static final TextEncoder INITIAL =
      new TextEncoder() {
        @Override
        public int contextLength() {
          return 2;
        }

        @Override
        public void encode(String caption, LongBuffer ids) {
          ids.put(caption.toUpperCase(Locale.ROOT).charAt(0)).put(0);
        }
      };

  private final MemoryDataset data = new MemoryDataset(3);

  /** What a batch says of each of its rows. */
  private record Ids(long picture, long caption) {}

  @Test
  void equalBytesAreOnePictureWhereverTheyLie() throws Exception {
    data.add(ONE, null);
    data.add(OTHER, null);
    data.add(ONE.clone(), null);
    List<Long> pictures = pictures(FACE);
    assertThat(pictures.get(2)).isEqualTo(pictures.get(0)).isNotEqualTo(pictures.get(1));
  }

  @Test
  void oneByteLessIsAnotherPicture() {
    byte[] shorter = Arrays.copyOf(ONE, ONE.length - 1);
    assertThat(PictureId.of(EncodedImage.of(ONE), null))
        .isNotEqualTo(PictureId.of(EncodedImage.of(shorter), null));
  }

  @Test
  void twoFacesOfOnePhotographAreTwoPictures() throws Exception {
    data.add(ONE, new Box(0, 0, 20, 20));
    data.add(ONE, new Box(20, 0, 40, 20));
    data.add(ONE, null);
    data.add(ONE, new Box(0, 0, 20, 20));
    List<Long> pictures = pictures(FACE);
    assertThat(pictures.subList(0, 3)).doesNotHaveDuplicates();
    assertThat(pictures.get(3)).isEqualTo(pictures.get(0));
  }

  @Test
  void aBoxThatNothingIsCutToMakesNoOtherPicture() throws Exception {
    data.add(ONE, new Box(0, 0, 20, 20));
    data.add(ONE, new Box(20, 0, 40, 20));
    data.add(ONE, null);
    assertThat(pictures(null).stream().distinct()).hasSize(1);
  }

  @Test
  void aBoxKeptInSinglePrecisionIsTheSameBox() throws Exception {
    data.add(ONE, new Box(0.1, 0.2, 20.3, 20.7));
    data.add(ONE, new Box(0.1f, 0.2f, 20.3f, 20.7f));
    assertThat(pictures(FACE).stream().distinct()).hasSize(1);
  }

  @Test
  void captionsOfTheSameTokensAreOneCaption() throws Exception {
    for (int i = 0; i < 20; i++) {
      data.add(ONE, null);
    }
    // Of each row "caption N" or "other N" is drawn.
    assertThat(ids(FACE, INITIAL).stream().map(Ids::caption).distinct())
        .containsExactlyInAnyOrder(initial('C'), initial('O'));
  }

  private static long initial(char letter) {
    return CaptionId.of(LongBuffer.wrap(new long[] {letter, 0}), 0, 2);
  }

  @Test
  void theOrderAndTheLengthOfTokensCount() {
    assertThat(
            List.of(
                CaptionId.of(LongBuffer.wrap(new long[] {1, 2}), 0, 2),
                CaptionId.of(LongBuffer.wrap(new long[] {2, 1}), 0, 2),
                CaptionId.of(LongBuffer.wrap(new long[] {1, 2, 0}), 0, 3),
                CaptionId.of(LongBuffer.wrap(new long[] {0, 0}), 0, 2)))
        .doesNotHaveDuplicates();
    assertThat(CaptionId.of(LongBuffer.wrap(new long[] {7, 1, 2, 7}), 1, 2))
        .isEqualTo(CaptionId.of(LongBuffer.wrap(new long[] {1, 2}), 0, 2));
  }

  @Test
  void whatABatchIsToldToDropIsGoneAndTheRestKeepsItsOrder() throws Exception {
    for (byte[] picture : List.of(ONE, OTHER, ONE, OTHER, ONE)) {
      data.add(picture, null);
    }
    try (Loader loader = start(FACE, Setup.TEXT);
        Batch batch = Objects.requireNonNull(loader.next())) {
      long third = batch.pictureId(2);
      byte[] pixels = pixels(batch, 2);
      batch.retain(i -> i == 2 || i == 3);
      assertThat(batch.size()).isEqualTo(2);
      assertThat(List.of(batch.row(0), batch.row(1))).containsExactly(2L, 3L);
      assertThat(batch.id(0)).isEqualTo("id2");
      assertThat(batch.pictureId(0)).isEqualTo(third);
      assertThat(pixels(batch, 0)).isEqualTo(pixels);
      assertThat(batch.pairIds().remaining()).isEqualTo(2 * 16);
    }
  }

  private Loader start(@Nullable FaceBox face, TextEncoder text) {
    Setup setup = new Setup();
    setup.shuffle = false;
    ImageSettings images =
        new ImageSettings(
            16,
            Augmentation.evaluation(face, ResizeMode.SHORTEST, Interpolation.BICUBIC),
            ImageSettings.CLIP_MEAN,
            ImageSettings.CLIP_STD);
    return Loader.start(data, setup.settings(), images, text, Quarantine.none(), Position.START);
  }

  private static byte[] pixels(Batch batch, int i) {
    byte[] pixels = new byte[3 * 16 * 16];
    batch.images().get(i * pixels.length, pixels);
    return pixels;
  }

  private List<Long> pictures(@Nullable FaceBox face) throws InterruptedException {
    return ids(face, Setup.TEXT).stream().map(Ids::picture).toList();
  }

  private List<Ids> ids(@Nullable FaceBox face, TextEncoder text) throws InterruptedException {
    List<Ids> ids = new ArrayList<>();
    try (Loader loader = start(face, text)) {
      for (Batch next = loader.next(); next != null; next = loader.next()) {
        try (Batch batch = next) {
          LongBuffer numbers = batch.pairIds().asLongBuffer();
          for (int i = 0; i < batch.size(); i++) {
            assertThat(batch.pictureId(i)).isEqualTo(numbers.get(2 * i));
            ids.add(new Ids(numbers.get(2 * i), numbers.get(2 * i + 1)));
          }
        }
      }
    }
    return ids;
  }
}
