package dev.facet.eval.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facet.eval.label.Labels;
import dev.facet.eval.retrieval.Embeddings;
import dev.facet.eval.retrieval.Pairing;
import dev.facet.eval.retrieval.Retrieval;
import dev.facet.eval.retrieval.RetrievalSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GroupedTest {
  private static final Bootstrap BOOTSTRAP = new Bootstrap(300, 1);

  /** Every value has its pictures; of a all are found, of b every second, of c none. */
  @Test
  void aPlantedGapIsFoundBetweenTheGroupsThatHaveIt() {
    int images = 200;
    String[] values = new String[images];
    boolean[] found = new boolean[images];
    for (int i = 0; i < images; i++) {
      values[i] = i < 60 ? "a" : i < 160 ? "b" : i < 195 ? "c" : i < 198 ? "few" : "";
      found[i] = i < 60 || (i < 160 && i % 2 == 0) || i >= 195;
    }
    Grouped grouped = grouped(values, found, BOOTSTRAP);

    assertThat(grouped.groups()).extracting(Group::value).containsExactly("a", "b", "c", "few");
    assertThat(grouped.groups()).extracting(Group::images).containsExactly(60, 100, 35, 3);
    assertThat(grouped.groups()).extracting(Group::captions).containsExactly(60, 100, 35, 3);
    assertThat(grouped.groups())
        .extracting(group -> group.measures().textToImage().get("r1").value())
        .containsExactly(1.0, 0.5, 0.0, 1.0);
    assertThat(Objects.requireNonNull(grouped.unlabelled()).images()).isEqualTo(2);
    Gap gap = gap(grouped);
    assertThat(gap.highest()).isEqualTo("a");
    assertThat(gap.lowest()).isEqualTo("c");
    assertThat(gap.value()).isEqualTo(1);
    assertThat(grouped.warnings())
        .anySatisfy(each -> assertThat(each).contains("label few has 3 pictures, fewer than 30"))
        .noneSatisfy(each -> assertThat(each).contains("label a "));
  }

  /** Groups are searched in the whole set: a picture of one may stand before those of another. */
  @Test
  void allGroupsTogetherAreTheWhole() {
    SplittableRandom random = new SplittableRandom(3);
    int images = 150;
    String[] values = new String[images];
    for (int i = 0; i < images; i++) {
      values[i] = "v" + random.nextInt(3);
    }
    float[] vectors = new float[2 * images];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = random.nextInt(-9, 10);
    }
    Retrieval retrieval = retrieval(vectors, vectors.clone());
    Grouped grouped = Grouped.of(retrieval, rows(images), labels(values), List.of(3), null);

    for (String figure : List.of("r1", "r3", "mrr", "mean_rank", "map10")) {
      double mean =
          grouped.groups().stream()
                  .mapToDouble(
                      each -> each.images() * each.measures().imageToText().get(figure).value())
                  .sum()
              / images;
      assertThat(mean)
          .isCloseTo(
              Measures.of(retrieval, List.of(3), null).imageToText().get(figure).value(),
              within(1e-12));
    }
    assertThat(gap(grouped).interval()).isNull();
    assertThat(grouped.unlabelled()).isNull();
  }

  @Test
  void oneGroupAloneHasNoGapAndSaysSo() {
    String[] values = new String[40];
    Arrays.fill(values, "a");
    Grouped grouped = grouped(values, new boolean[40], BOOTSTRAP);

    assertThat(grouped.gaps()).isNull();
    assertThat(grouped.warnings()).anySatisfy(each -> assertThat(each).contains("no gap to tell"));
  }

  /** Of 1,000 sets with a gap of 0.2 between two groups, 93 to 97 % of the intervals hold it. */
  @Test
  void theIntervalOfAGapHoldsTheTruthAsOftenAsItSays() {
    SplittableRandom random = new SplittableRandom(11);
    int held = 0;
    for (int set = 0; set < 1000; set++) {
      double[][] hits = {hits(random, 120, 0.6), hits(random, 80, 0.4)};
      Interval interval = Objects.requireNonNull(largest(hits, set).interval());
      LargestGap gap = largest(hits, set);
      double truth = gap.highest() == 0 ? 0.2 : -0.2;
      held += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
    }
    assertThat(held).isBetween(930, 970);
  }

  /** The largest of six differences is none where there is none, as often as it says. */
  @Test
  void amongManyGroupsThatAreAlikeTheLargestGapIsSeldomTakenForReal() {
    SplittableRandom random = new SplittableRandom(12);
    int held = 0;
    for (int set = 0; set < 500; set++) {
      double[][] hits = new double[4][];
      for (int group = 0; group < hits.length; group++) {
        hits[group] = hits(random, 60, 0.5);
      }
      held += Objects.requireNonNull(largest(hits, set).interval()).low() <= 0 ? 1 : 0;
    }
    assertThat(held).isBetween(460, 490);
  }

  private static LargestGap largest(double[][] hits, long seed) {
    double[] figures = new double[hits.length];
    double[][] samples = new double[hits.length][];
    for (int group = 0; group < hits.length; group++) {
      double[] own = hits[group];
      figures[group] = mean(own, Bootstrap.once(own.length));
      samples[group] =
          new Bootstrap(400, seed)
                  .independent(group)
                  .draws(times -> new double[] {mean(own, times)}, own.length)
                  .stream()
                  .mapToDouble(sample -> sample[0])
                  .toArray();
    }
    return LargestGap.of(figures, samples);
  }

  private static double mean(double[] hits, int[] times) {
    double sum = 0;
    for (int i = 0; i < hits.length; i++) {
      sum += times[i] * hits[i];
    }
    return sum / hits.length;
  }

  private static double[] hits(SplittableRandom random, int count, double share) {
    return IntStream.range(0, count)
        .mapToDouble(i -> random.nextDouble() < share ? 1 : 0)
        .toArray();
  }

  private static Gap gap(Grouped grouped) {
    return Objects.requireNonNull(Objects.requireNonNull(grouped.gaps()).textToImage().get("r1"));
  }

  /** A picture that is found has a direction of its own; the others are nearer to the next one. */
  private static Grouped grouped(String[] values, boolean[] found, Bootstrap bootstrap) {
    int images = values.length;
    float[] vectors = new float[images * images];
    float[] captions = new float[images * images];
    for (int i = 0; i < images; i++) {
      vectors[i * images + i] = 1;
      captions[i * images + i] = found[i] ? 1 : 0.5f;
      if (!found[i]) {
        captions[i * images + (i + 1) % images] = 1;
      }
    }
    Retrieval retrieval =
        Retrieval.rank(
            new Embeddings(vectors, images),
            new Embeddings(captions, images),
            new Pairing(
                IntStream.range(0, images).toArray(),
                IntStream.range(0, images).asLongStream().toArray()),
            RetrievalSettings.standard(2));
    return Grouped.of(retrieval, rows(images), labels(values), List.of(), bootstrap);
  }

  private static Retrieval retrieval(float[] vectors, float[] captions) {
    int images = vectors.length / 2;
    return Retrieval.rank(
        new Embeddings(vectors, 2),
        new Embeddings(captions, 2),
        new Pairing(
            IntStream.range(0, images).toArray(),
            IntStream.range(0, images).asLongStream().toArray()),
        RetrievalSettings.standard(2));
  }

  /** Picture i is shown by row 2 i + 1. */
  private static long[] rows(int images) {
    return IntStream.range(0, images).mapToLong(i -> 2L * i + 1).toArray();
  }

  private static Labels labels(String[] values) {
    List<String> all =
        List.of(values).stream().filter(v -> !v.isEmpty()).distinct().sorted().toList();
    int[] ofRow = new int[2 * values.length];
    for (int i = 0; i < values.length; i++) {
      ofRow[2 * i] = Labels.NONE;
      ofRow[2 * i + 1] = all.indexOf(values[i]);
    }
    return new Labels("label", all, ofRow);
  }
}
