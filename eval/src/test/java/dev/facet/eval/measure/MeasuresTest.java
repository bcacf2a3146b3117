package dev.facet.eval.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facet.eval.retrieval.Embeddings;
import dev.facet.eval.retrieval.Pairing;
import dev.facet.eval.retrieval.Retrieval;
import dev.facet.eval.retrieval.RetrievalSettings;
import dev.facet.eval.retrieval.TieRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Figures against definitions written out, on small sets with ties and shared captions. */
final class MeasuresTest {
  private static final int DIM = 2;

  @Test
  void figuresAreThoseOfTheRanks() {
    SplittableRandom random = new SplittableRandom(1);
    for (int set = 0; set < 30; set++) {
      Retrieval retrieval = draw(random, set % 2 == 0);
      Evaluation evaluation = Evaluation.of(retrieval, List.of(2, 20), null);

      Measures measures = evaluation.measures();
      assertThat(measures.textToImage().byName().sequencedKeySet())
          .containsExactly(
              "r1", "r2", "r5", "r10", "r20", "median_rank", "mrr", "mean_rank", "map10");
      assertDirection(measures.imageToText(), retrieval.imageToText().toArray());
      assertDirection(measures.textToImage(), retrieval.textToImage().toArray());
      assertThat(measures.rsum().value())
          .isCloseTo(
              100 * (recalls(measures.imageToText()) + recalls(measures.textToImage())),
              within(1e-9));
      assertThat(measures.rsum().interval()).isNull();
    }
  }

  private static double recalls(NamedMeasures measures) {
    return measures.get("r1").value() + measures.get("r5").value() + measures.get("r10").value();
  }

  private static void assertDirection(NamedMeasures measures, double[] ranks) {
    double[] sorted = ranks.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    for (int k : new int[] {1, 2, 5, 10, 20}) {
      double within = 0;
      for (double rank : ranks) {
        within += rank <= k ? 1 : 0;
      }
      assertThat(measures.get("r" + k).value()).isCloseTo(within / n, within(1e-12));
    }
    assertThat(measures.get("median_rank").value())
        .isEqualTo((sorted[(n - 1) / 2] + sorted[n / 2]) / 2);
  }

  @Test
  void averagePrecisionIsThatOfTheOrderWrittenOut() {
    SplittableRandom random = new SplittableRandom(2);
    for (int set = 0; set < 30; set++) {
      int images = 1 + random.nextInt(40);
      int[] imageOf = imageOf(random, images);
      int captions = imageOf.length;
      long[] text = random.longs(captions, 0, Math.max(1, captions / 2)).toArray();
      float[] imageRows = rows(random, images);
      float[] captionRows = rows(random, captions);
      Retrieval retrieval =
          Retrieval.rank(
              new Embeddings(imageRows, DIM),
              new Embeddings(captionRows, DIM),
              new Pairing(imageOf, text),
              RetrievalSettings.standard(2));

      double sum = 0;
      for (int image = 0; image < images; image++) {
        int query = image;
        List<Integer> order =
            IntStream.range(0, captions)
                .boxed()
                .sorted(Comparator.comparingDouble(c -> 0f - dot(imageRows, query, captionRows, c)))
                .toList();
        boolean[] right = new boolean[captions];
        for (int caption = 0; caption < captions; caption++) {
          for (int own = 0; own < captions; own++) {
            right[caption] |= imageOf[own] == image && text[own] == text[caption];
          }
        }
        sum += averagePrecision(order, right, 10);
      }
      Measures measures = Evaluation.of(retrieval, List.of(), null).measures();
      assertThat(measures.imageToText().get("map10").value())
          .isCloseTo(sum / images, within(1e-12));
    }
  }

  private static double averagePrecision(List<Integer> order, boolean[] right, int depth) {
    int positives = 0;
    for (boolean each : right) {
      positives += each ? 1 : 0;
    }
    double sum = 0;
    int hits = 0;
    for (int place = 1; place <= Math.min(depth, order.size()); place++) {
      if (right[order.get(place - 1)]) {
        hits++;
        sum += (double) hits / place;
      }
    }
    return sum / Math.min(positives, depth);
  }

  @Test
  void theOtherConventionIsRankedToo() {
    Retrieval shared = draw(new SplittableRandom(3), true);
    assertThat(shared.result().identicalCaptions()).isPositive();
    Evaluation evaluation = Evaluation.of(shared, List.of(), null);

    assertThat(evaluation.positive()).isSameAs(evaluation.measures());
    assertThat(evaluation.strict().textToImage().get("mean_rank").value())
        .isGreaterThan(evaluation.positive().textToImage().get("mean_rank").value());
    assertThat(evaluation.strict().textToImage().get("mean_rank").value())
        .isEqualTo(shared.otherwise().result().textToImage().meanRank());
  }

  private static Retrieval draw(SplittableRandom random, boolean sharedCaptions) {
    int images = 20 + random.nextInt(30);
    int[] imageOf = imageOf(random, images);
    long[] text =
        sharedCaptions
            ? random.longs(imageOf.length, 0, 12).toArray()
            : IntStream.range(0, imageOf.length).asLongStream().toArray();
    return Retrieval.rank(
        new Embeddings(rows(random, images), DIM),
        new Embeddings(rows(random, imageOf.length), DIM),
        new Pairing(imageOf, text),
        new RetrievalSettings(TieRule.MID, true, 10, 2));
  }

  /** One to three captions each. */
  private static int[] imageOf(SplittableRandom random, int images) {
    List<Integer> imageOf = new ArrayList<>();
    for (int image = 0; image < images; image++) {
      for (int i = 0; i <= random.nextInt(3); i++) {
        imageOf.add(image);
      }
    }
    return imageOf.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Small whole numbers: scores are exact, and many are equal. */
  private static float[] rows(SplittableRandom random, int count) {
    float[] values = new float[count * DIM];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(-3, 4);
    }
    return values;
  }

  private static float dot(float[] a, int rowOfA, float[] b, int rowOfB) {
    return a[rowOfA * DIM] * b[rowOfB * DIM] + a[rowOfA * DIM + 1] * b[rowOfB * DIM + 1];
  }
}
