package dev.facet.eval.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.facet.base.FacetException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetrievalTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 17, 64})
  void aTilesScoresAreWithinTheErrorBoundOfTheExactOnes(int dim) {
    Embeddings queries = random(6, dim, 1);
    Embeddings candidates = random(700, dim, 2);
    ExactScores exact = new ExactScores(queries, candidates);
    double longest = candidates.requireFinite("candidate");
    int[] rows = {0, 1, 2, 3, 4, 5};
    ScoreTile tile = new ScoreTile(dim);
    for (int base = 0; base < 700; base += ScoreTile.CANDIDATES) {
      tile.load(candidates, base, Math.min(700, base + ScoreTile.CANDIDATES));
      for (int from = 0; from < 6; from += ScoreTile.QUERIES) {
        int some = Math.min(ScoreTile.QUERIES, 6 - from);
        tile.score(queries, rows, from, some);
        for (int i = 0; i < some; i++) {
          for (int j = 0; j < tile.count(); j++) {
            assertThat((double) tile.scores(i)[j])
                .isCloseTo(exact.of(from + i, base + j), within(exact.margin(from + i, longest)));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {511, 512, 513, 1300})
  void ranksDoNotDependOnHowTheTilesFall(int n) {
    Embeddings images = random(n, 5, 3);
    Embeddings captions = random(n, 5, 4);

    Ranks ranks =
        Retrieval.rank(
                images, captions, new Pairing(diagonal(n), ids(n)), RetrievalSettings.standard(2))
            .textToImage();

    for (int caption = 0; caption < n; caption += 37) {
      ExactScores exact = new ExactScores(captions, images);
      double own = exact.of(caption, caption);
      int rank = 1;
      for (int image = 0; image < n; image++) {
        rank += exact.of(caption, image) > own ? 1 : 0;
      }
      assertThat(ranks.of(caption)).isEqualTo(rank);
    }
  }

  @Test
  void rankingEndsWhenItIsAskedToStop() {
    int n = 1300;
    Embeddings images = random(n, 5, 3);
    AtomicInteger asked = new AtomicInteger();
    assertThatThrownBy(
            () ->
                Retrieval.rank(
                    images,
                    images,
                    new Pairing(diagonal(n), ids(n)),
                    RetrievalSettings.standard(2),
                    RankingWork.plain().until(() -> asked.incrementAndGet() > 1)))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void aCollapsedModelIsOnlyPerfectUnderTheOptimisticRule() {
    int n = 600;
    float[] same = new float[n * 3];
    Arrays.fill(same, 0.5f);
    Embeddings rows = new Embeddings(same, 3);

    assertThat(collapsed(rows, TieRule.OPTIMISTIC).r1()).isEqualTo(1);
    assertThat(collapsed(rows, TieRule.PESSIMISTIC).r1()).isZero();
    assertThat(collapsed(rows, TieRule.PESSIMISTIC).medianRank()).isEqualTo(n);
    assertThat(collapsed(rows, TieRule.MID).medianRank()).isEqualTo((n + 1) / 2.0);
    assertThat(collapsed(rows, TieRule.INDEX).r1()).isEqualTo(1.0 / n);
  }

  @Test
  void scoresOfPlusAndMinusZeroAreTied() {
    Embeddings images = new Embeddings(new float[] {0f, -0f, 0f}, 1);
    Embeddings captions = new Embeddings(new float[] {1, 1, -1}, 1);

    Ranks ranks =
        Retrieval.rank(
                images,
                captions,
                new Pairing(diagonal(3), ids(3)),
                new RetrievalSettings(TieRule.OPTIMISTIC, true, 10, 1))
            .textToImage();

    assertThat(ranks.toArray()).containsExactly(1, 1, 1);
  }

  @Test
  void chanceCountsSeveralRightAnswers() {
    // Images 0 and 1 share a text: three captions are right for each, of four.
    RetrievalResult result =
        Retrieval.score(
            random(3, 4, 5),
            random(4, 4, 6),
            new Pairing(new int[] {0, 0, 1, 2}, new long[] {7, 8, 7, 9}),
            RetrievalSettings.standard(1));

    // Image 0: captions 0, 1, 2; image 1: captions 0, 2; image 2: caption 3.
    assertThat(result.imageToTextChance().r1()).isCloseTo((3 + 2 + 1) / 4.0 / 3, within(1e-12));
    assertThat(result.textToImageChance().r1()).isCloseTo((2 + 1 + 2 + 1) / 3.0 / 4, within(1e-12));
    assertThat(result.imageToTextChance().r5()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e30f})
  void anEmbeddingThatIsNotFiniteIsNamedAndNeverScored(float bad) {
    Embeddings images = random(4, 3, 7);
    float[] broken = new float[4 * 3];
    broken[2 * 3 + 1] = bad;
    Embeddings captions = new Embeddings(broken, 3);

    assertThatThrownBy(
            () ->
                Retrieval.score(
                    images,
                    captions,
                    new Pairing(diagonal(4), ids(4)),
                    RetrievalSettings.standard(1)))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("caption 2")
        .hasMessageContaining("earlier checkpoint");
  }

  @Test
  void theNearestImagesComeBestFirstAndEqualOnesByIndex() {
    Embeddings images = new Embeddings(new float[] {1, 3, 2, 3, -1, 3}, 1);
    Embeddings captions = new Embeddings(new float[] {1, 1, 1, 1, 1, 1}, 1);

    Retrieval retrieval =
        Retrieval.rank(
            images,
            captions,
            new Pairing(diagonal(6), new long[] {0, 1, 2, 1, 4, 5}),
            RetrievalSettings.standard(1));

    assertThat(retrieval.nearestImages(1, 4))
        .containsExactly(
            new Hit(1, 3, true), new Hit(3, 3, true), new Hit(5, 3, false), new Hit(2, 2, false));
    assertThat(retrieval.nearestImages(1, 99)).hasSize(6);
  }

  @Test
  void aSecondLookMovesTheFirstCandidatesAndNoOthers() {
    int n = 40;
    int depth = 6;
    Embeddings images = random(n, 5, 9);
    Embeddings captions = random(n, 5, 10);
    float[][] looks = new float[n][n]; // image by caption
    Random random = new Random(11);
    for (float[] row : looks) {
      for (int caption = 0; caption < n; caption++) {
        row[caption] = 3 * (float) random.nextGaussian();
      }
    }
    SecondLook look =
        new SecondLook() {
          @Override
          public float[] atCaptions(int image, int[] some) {
            float[] values = new float[some.length];
            for (int i = 0; i < some.length; i++) {
              values[i] = looks[image][some[i]];
            }
            return values;
          }

          @Override
          public float[] atImages(int caption, int[] some) {
            float[] values = new float[some.length];
            for (int i = 0; i < some.length; i++) {
              values[i] = looks[some[i]][caption];
            }
            return values;
          }
        };
    Retrieval before =
        Retrieval.rank(
            images, captions, new Pairing(diagonal(n), ids(n)), RetrievalSettings.standard(2));
    Retrieval after = before.reordered(depth, look, done -> {});

    int moved = 0;
    for (int image = 0; image < n; image++) {
      double old = before.imageToText().of(image);
      double expected = old;
      if (old <= depth) {
        // The rank among those that are as near as the sixth.
        ExactScores exact = new ExactScores(images, captions);
        double own = exact.of(image, image) + looks[image][image];
        expected = 1;
        for (int caption = 0; caption < n; caption++) {
          int nearer = 0;
          for (int other = 0; other < n; other++) {
            nearer += exact.of(image, other) > exact.of(image, caption) ? 1 : 0;
          }
          double score = exact.of(image, caption) + looks[image][caption];
          expected += nearer < depth && score > own ? 1 : 0;
        }
      }
      assertThat(after.imageToText().of(image)).as("image %s", image).isEqualTo(expected);
      moved += expected == old ? 0 : 1;
    }
    assertThat(moved).isPositive();
    assertThat(after.result().textToImage().r10()).isEqualTo(before.result().textToImage().r10());
    assertThat(after.bySimilarity()).isSameAs(before);
    assertThat(after.reorderedFirst()).isEqualTo(depth);
  }

  @Test
  void anImageWithoutCaptionIsNamed() {
    assertThatThrownBy(
            () ->
                Retrieval.score(
                    random(3, 2, 1),
                    random(2, 2, 2),
                    new Pairing(new int[] {0, 2}, ids(2)),
                    RetrievalSettings.standard(1)))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("image 1");
  }

  @Test
  void anEmptySetIsAFailureNotAScore() {
    Embeddings none = new Embeddings(new float[0], 2);

    assertThatThrownBy(
            () ->
                Retrieval.score(
                    none,
                    none,
                    new Pairing(new int[0], new long[0]),
                    RetrievalSettings.standard(1)))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("nothing to score");
  }

  private static Direction collapsed(Embeddings rows, TieRule rule) {
    int n = rows.rows();
    return Retrieval.score(
            rows, rows, new Pairing(diagonal(n), ids(n)), new RetrievalSettings(rule, true, 10, 2))
        .textToImage();
  }

  private static int[] diagonal(int n) {
    int[] index = new int[n];
    Arrays.setAll(index, i -> i);
    return index;
  }

  private static long[] ids(int n) {
    return LongStream.range(0, n).toArray();
  }

  private static Embeddings random(int rows, int dim, long seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * dim];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Embeddings(values, dim);
  }
}
