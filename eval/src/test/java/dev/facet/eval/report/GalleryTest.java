package dev.facet.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
  void theChoiceIsSpreadOverTheSetAndDependsOnTheSeedAlone() {
    int[] chosen = Gallery.spread(1200, 12, 7);

    assertThat(chosen).isEqualTo(Gallery.spread(1200, 12, 7));
    assertThat(chosen).isNotEqualTo(Gallery.spread(1200, 12, 8));
    assertThat(IntStream.range(0, 12).map(i -> chosen[i] / 100))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
  }
}
