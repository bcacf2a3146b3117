package dev.facet.train.best;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facet.eval.retrieval.Chance;
import dev.facet.eval.retrieval.Direction;
import dev.facet.eval.retrieval.RetrievalResult;
import dev.facet.eval.retrieval.RetrievalSettings;
import org.junit.jupiter.api.Test;

class BestMetricTest {
  @Test
  void everyMetricIsTheFigureThatItsNameSays() {
    Chance none = new Chance(0, 0, 0);
    RetrievalResult result =
        new RetrievalResult(
            1,
            1,
            0,
            0,
            0,
            RetrievalSettings.standard(1),
            new Direction(0.1, 0.2, 0.6, 1, 0.5, 1),
            new Direction(0.3, 0.5, 0.7, 1, 0.7, 1),
            none,
            none);
    assertThat(BestMetric.MEAN_RECALL.of(result)).isCloseTo(0.4, within(1e-12));
    assertThat(BestMetric.IMAGE_TO_TEXT_R1.of(result)).isEqualTo(0.1);
    assertThat(BestMetric.TEXT_TO_IMAGE_R1.of(result)).isEqualTo(0.3);
    assertThat(BestMetric.MEAN_MRR.of(result)).isCloseTo(0.6, within(1e-12));
  }
}
