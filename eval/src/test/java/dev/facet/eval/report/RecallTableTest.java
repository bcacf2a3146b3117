package dev.facet.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.eval.retrieval.RetrievalResult;
import org.junit.jupiter.api.Test;

class RecallTableTest {
  @Test
  void theTableShowsBothDirectionsBesideChance() {
    assertThat(RecallTable.of(Sample.evaluation(), Sample.COVERAGE).lines())
        .containsExactly(
            "                        R@1         R@5        R@10  median rank     MRR",
            "image to text        100.0%      100.0%      100.0%            1  1.0000",
            "  95% interval  100.0-100.0 100.0-100.0 100.0-100.0",
            "  by chance           25.0%      100.0%      100.0%",
            "text to image         80.0%      100.0%      100.0%            1  0.8667",
            "  95% interval   57.1-100.0 100.0-100.0 100.0-100.0",
            "  by chance           25.0%      100.0%      100.0%",
            "4 images, 5 captions (no two alike); ties: index",
            "4 of 7 rows scored; skipped: missing 2, no_caption 1");
  }

  @Test
  void theTableSaysWhatCameTwice() {
    RetrievalResult once = Sample.retrieval().result();
    RetrievalResult result =
        new RetrievalResult(
            once.images(),
            once.captions(),
            1600,
            3,
            2,
            once.settings(),
            once.imageToText(),
            once.textToImage(),
            once.imageToTextChance(),
            once.textToImageChance());
    assertThat(RecallTable.about(result))
        .isEqualTo(
            "4 images (1,600 more rows show one of them), 5 captions (3 more repeat one of their"
                + " image, 2 share their tokens with another, each right for all its images); ties:"
                + " index");
  }

  @Test
  void aSmallShareNeverReadsAsZero() {
    assertThat(Figures.percent(0)).isEqualTo("0.0%");
    assertThat(Figures.percent(0.0002)).isEqualTo("0.020%");
    assertThat(Figures.percent(1e-6)).isEqualTo("0.00010%");
    assertThat(Figures.percent(0.3758)).isEqualTo("37.6%");
    assertThat(Figures.percent(1)).isEqualTo("100.0%");
    assertThat(Figures.rank(1234)).isEqualTo("1,234");
    assertThat(Figures.rank(1.5)).isEqualTo("1.5");
  }
}
