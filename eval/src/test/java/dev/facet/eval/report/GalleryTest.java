package dev.facet.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.eval.retrieval.Embeddings;
import dev.facet.eval.retrieval.Pairing;
import dev.facet.eval.retrieval.Retrieval;
import dev.facet.eval.retrieval.RetrievalSettings;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GalleryTest {
  @Test
  void everyCaptionShowsItsPicturesBestFirstWithTheRightOneMarked() {
    List<GalleryEntry> entries =
        Gallery.pick(Sample.retrieval(), c -> "caption " + c, i -> new byte[] {(byte) i}, 12, 1);

    assertThat(entries).hasSize(5);
    GalleryEntry first = entries.getFirst();
    assertThat(first.caption()).isEqualTo("caption 0");
    assertThat(first.rank()).isEqualTo(1);
    assertThat(first.shots()).extracting(s -> (int) s.jpeg()[0]).containsExactly(0, 1, 3, 2);
    assertThat(first.shots())
        .extracting(FoundPicture::right)
        .containsExactly(true, false, false, false);
    assertThat(first.shots().getFirst().score()).isEqualTo(1);

    GalleryEntry misled = entries.getLast();
    assertThat(misled.rank()).isEqualTo(3);
    assertThat(misled.shots())
        .extracting(FoundPicture::right)
        .containsExactly(false, false, true, false);
  }

  @Test
  void aRightPictureThatIsNotAmongTheFirstIsShownAllTheSame() {
    // Seven pictures on a quarter circle; the caption of the last lies beside the first.
    float[] images = new float[14];
    float[] captions = new float[14];
    for (int i = 0; i < 7; i++) {
      images[2 * i] = (float) Math.cos(0.25 * i);
      images[2 * i + 1] = (float) Math.sin(0.25 * i);
      captions[2 * i] = i == 6 ? 1 : images[2 * i];
      captions[2 * i + 1] = i == 6 ? 0 : images[2 * i + 1];
    }
    Retrieval misled =
        Retrieval.rank(
            new Embeddings(images, 2),
            new Embeddings(captions, 2),
            new Pairing(new int[] {0, 1, 2, 3, 4, 5, 6}, new long[] {1, 2, 3, 4, 5, 6, 7}),
            RetrievalSettings.standard(1));

    List<GalleryEntry> entries =
        Gallery.pick(misled, c -> "caption " + c, i -> new byte[] {(byte) i}, 12, 1);

    GalleryEntry last = entries.getLast();
    assertThat(last.rank()).isEqualTo(7);
    assertThat(last.shots()).hasSize(5).noneMatch(FoundPicture::right);
    FoundPicture right = Objects.requireNonNull(last.right());
    assertThat((int) right.jpeg()[0]).isEqualTo(6);
    assertThat(right.right()).isTrue();
    assertThat(entries.getFirst().right()).isNull();
  }

  @Test
  void theChoiceIsSpreadOverTheSetAndDependsOnTheSeedAlone() {
    int[] chosen = Gallery.spread(1200, 12, 7);

    assertThat(chosen).isEqualTo(Gallery.spread(1200, 12, 7));
    assertThat(chosen).isNotEqualTo(Gallery.spread(1200, 12, 8));
    assertThat(IntStream.range(0, 12).map(i -> chosen[i] / 100))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
  }
}
