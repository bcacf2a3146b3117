package dev.facet.eval.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ranks of a set made to be hard, with copies of vectors, vectors that differ in the last bit, zero
 * vectors, several captions a picture and captions of several pictures, against a plain count in
 * float64.
 */
class ExactRanksTest {
  private static final int DIM = 19;
  private static final int IMAGES = 700;
  private static final int CAPTIONS = 1100;

  private final float[] images = new float[IMAGES * DIM];
  private final float[] captions = new float[CAPTIONS * DIM];
  private final int[] imageOf = new int[CAPTIONS];
  private final long[] ids = new long[CAPTIONS];

  @TempDir private Path folder;

  @BeforeEach
  void make() {
    Random random = new Random(5);
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    for (int image = 0; image < IMAGES; image++) {
      if (image % 7 == 3) {
        copy(images, image - 1, images, image);
      } else if (image % 7 == 5) {
        copy(images, image - 1, images, image);
        images[image * DIM] = Math.nextUp(images[image * DIM]);
      } else if (image % 101 == 100) {
        Arrays.fill(images, image * DIM, (image + 1) * DIM, 0);
      }
    }
    for (int caption = 0; caption < CAPTIONS; caption++) {
      imageOf[caption] = caption % IMAGES;
      ids[caption] = caption % 50 == 49 ? 1_000_000 + caption % 4 : caption;
      for (int k = 0; k < DIM; k++) {
        captions[caption * DIM + k] =
            images[imageOf[caption] * DIM + k] + 2 * (float) random.nextGaussian();
      }
      if (caption % 9 == 8) {
        copy(captions, caption - 1, captions, caption);
      } else if (caption % 97 == 96) {
        Arrays.fill(captions, caption * DIM, (caption + 1) * DIM, 0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TieRule.class)
  void ranksAndPrecisionsAreThoseOfAPlainCountInFloat64(TieRule rule) {
    for (boolean aware : new boolean[] {false, true}) {
      Retrieval found = rank(rule, aware, 2, RankingWork.plain());
      assertThat(found.imageToText().toArray())
          .isEqualTo(plain(images, captions, rule, aware, true));
      assertThat(found.textToImage().toArray())
          .isEqualTo(plain(captions, images, rule, aware, false));
      assertThat(found.textToImage().precisions()).isEqualTo(precisions(aware));
      assertSame(found.otherwise(), rank(rule, !aware, 2, RankingWork.plain()));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 4", "2, 36", "3, 5000"})
  void blocksAndThreadsChangeNothing(int threads, int block) {
    RankingWork work = new RankingWork(block, () -> false, done -> {}, null);
    assertSame(
        rank(TieRule.MID, true, threads, work), rank(TieRule.MID, true, 2, RankingWork.plain()));
  }

  @Test
  void anEndedRankingGoesOnWhereItWas() throws IOException {
    Retrieval whole = rank(TieRule.INDEX, true, 2, RankingWork.plain());
    AtomicLong done = new AtomicLong();
    RankingWork kept = new RankingWork(40, () -> false, done::set, folder);
    assertThatThrownBy(
            () -> rank(TieRule.INDEX, true, 1, kept.until(() -> done.get() >= IMAGES + 200)))
        .isInstanceOf(CancellationException.class);
    long before = done.get();
    Path ledger = folder.resolve("text_to_image-positive.ranks");
    byte[] torn = {0, 0, 0, 9, 1, 2};
    Files.write(ledger, torn, StandardOpenOption.APPEND);
    List<Long> told = new ArrayList<>();

    Retrieval resumed = rank(TieRule.INDEX, true, 1, kept.telling(told::add));

    assertSame(resumed, whole);
    assertThat(before).isLessThan(IMAGES + CAPTIONS);
    assertThat(told.get(0)).as("pictures are ranked already").isEqualTo(IMAGES);
    assertThat(told.get(1)).as("so are the captions before the torn record").isGreaterThan(before);
    AtomicLong last = new AtomicLong();
    assertSame(rank(TieRule.INDEX, true, 2, kept.telling(last::set)), whole);
    assertThat(last.get()).isEqualTo(Retrieval.queries(IMAGES, new Pairing(imageOf, ids)));
  }

  @Test
  void whatIsKeptOfOtherVectorsIsNotGoneOnWith() {
    RankingWork kept = RankingWork.plain().keptIn(folder);
    rank(TieRule.INDEX, true, 2, kept);
    images[3] += 1;
    assertSame(
        rank(TieRule.INDEX, true, 2, kept), rank(TieRule.INDEX, true, 2, RankingWork.plain()));
    imageOf[5] = 6;
    assertSame(
        rank(TieRule.INDEX, true, 2, kept), rank(TieRule.INDEX, true, 2, RankingWork.plain()));
    assertSame(
        rank(TieRule.PESSIMISTIC, true, 2, kept),
        rank(TieRule.PESSIMISTIC, true, 2, RankingWork.plain()));
  }

  private Retrieval rank(TieRule rule, boolean aware, int threads, RankingWork work) {
    return Retrieval.rank(
        new Embeddings(images, DIM),
        new Embeddings(captions, DIM),
        new Pairing(imageOf, ids),
        new RetrievalSettings(rule, aware, 10, threads),
        work);
  }

  private static void assertSame(Retrieval one, Retrieval other) {
    assertThat(one.imageToText().toArray()).isEqualTo(other.imageToText().toArray());
    assertThat(one.textToImage().toArray()).isEqualTo(other.textToImage().toArray());
    assertThat(one.imageToText().precisions()).isEqualTo(other.imageToText().precisions());
    assertThat(one.textToImage().precisions()).isEqualTo(other.textToImage().precisions());
    assertThat(one.result().imageToTextChance()).isEqualTo(other.result().imageToTextChance());
  }

  private double[] plain(
      float[] queries, float[] candidates, TieRule rule, boolean aware, boolean ofImages) {
    double[] ranks = new double[queries.length / DIM];
    for (int query = 0; query < ranks.length; query++) {
      SortedSet<Integer> right = right(query, aware, ofImages);
      double[] scores = scores(queries, query, candidates);
      double best = right.stream().mapToDouble(each -> scores[each]).max().orElseThrow();
      int first = right.stream().filter(each -> scores[each] == best).findFirst().orElseThrow();
      int greater = 0;
      int equal = 0;
      int equalBefore = 0;
      for (int candidate = 0; candidate < scores.length; candidate++) {
        greater += scores[candidate] > best ? 1 : 0;
        boolean tied = scores[candidate] == best && !right.contains(candidate);
        equal += tied ? 1 : 0;
        equalBefore += tied && candidate < first ? 1 : 0;
      }
      ranks[query] =
          1
              + greater
              + switch (rule) {
                case INDEX -> equalBefore;
                case OPTIMISTIC -> 0;
                case PESSIMISTIC -> equal;
                case MID -> equal / 2.0;
              };
    }
    return ranks;
  }

  private double[] precisions(boolean aware) {
    double[] precisions = new double[CAPTIONS];
    for (int query = 0; query < CAPTIONS; query++) {
      SortedSet<Integer> right = right(query, aware, false);
      double[] scores = scores(captions, query, images);
      Integer[] order = new Integer[IMAGES];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, (a, b) -> Double.compare(scores[b], scores[a]));
      int hits = 0;
      for (int place = 0; place < 10; place++) {
        if (right.contains(order[place])) {
          precisions[query] += (double) ++hits / (place + 1);
        }
      }
      precisions[query] /= Math.min(10, right.size());
    }
    return precisions;
  }

  private SortedSet<Integer> right(int query, boolean aware, boolean ofImages) {
    SortedSet<Integer> right = new TreeSet<>();
    for (int own = 0; own < CAPTIONS; own++) {
      if (ofImages ? imageOf[own] != query : own != query) {
        continue;
      }
      for (int other = 0; other < CAPTIONS; other++) {
        if (other == own || (aware && ids[other] == ids[own])) {
          right.add(ofImages ? other : imageOf[other]);
        }
      }
    }
    return right;
  }

  /** As the ranks are defined: in float64, in eight sums. A zero is a zero, whatever its sign. */
  private static double[] scores(float[] queries, int query, float[] candidates) {
    ExactScores exact =
        new ExactScores(new Embeddings(queries, DIM), new Embeddings(candidates, DIM));
    double[] scores = new double[candidates.length / DIM];
    Arrays.setAll(scores, candidate -> exact.of(query, candidate) + 0.0);
    return scores;
  }

  private static void copy(float[] from, int row, float[] to, int at) {
    System.arraycopy(from, row * DIM, to, at * DIM, DIM);
  }
}
