package dev.facet.eval.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BootstrapTest {
  private static final int IMAGES = 200;

  /**
   * Of 1,000 sets whose pictures have one to four queries each, alike within a picture, 93 to 97 %
   * of the intervals hold the recall that the sets were drawn from.
   */
  @Test
  void intervalsHoldTheTruthAsOftenAsTheySay() {
    SplittableRandom random = new SplittableRandom(7);
    // A picture is easy or hard, and so are all its queries: the truth is their mean over queries.
    double truth = 0.5 * 0.9 + 0.5 * 0.3;
    int held = 0;
    for (int set = 0; set < 1000; set++) {
      double[] hits = new double[IMAGES];
      int[] queries = new int[IMAGES];
      for (int image = 0; image < IMAGES; image++) {
        double ease = random.nextBoolean() ? 0.9 : 0.3;
        queries[image] = 1 + random.nextInt(4);
        for (int query = 0; query < queries[image]; query++) {
          hits[image] += random.nextDouble() < ease ? 1 : 0;
        }
      }
      Interval interval =
          new Bootstrap(400, set)
              .intervals(
                  times -> {
                    double sum = 0;
                    double count = 0;
                    for (int image = 0; image < IMAGES; image++) {
                      sum += times[image] * hits[image];
                      count += times[image] * queries[image];
                    }
                    return new double[] {sum / count};
                  },
                  IMAGES)
              .getFirst();
      held += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
    }
    assertThat(held).isBetween(930, 970);
  }

  @Test
  void theSameSeedGivesTheSameIntervalsInAnyOrderOfThreads() {
    Bootstrap.Sampled first = times -> new double[] {times[0], times[1] - times[2]};
    List<Interval> intervals = new Bootstrap(300, 5).intervals(first, 50);

    assertThat(new Bootstrap(300, 5).intervals(first, 50)).isEqualTo(intervals);
    assertThat(new Bootstrap(300, 6).intervals(times -> new double[] {times[0] / 7.0}, 50))
        .isNotEqualTo(intervals.subList(0, 1));
  }

  @Test
  void everySampleHasAsManyPicturesAsThereAre() {
    List<Interval> sizes =
        new Bootstrap(50, 1)
            .intervals(
                times -> {
                  int sum = 0;
                  for (int each : times) {
                    sum += each;
                  }
                  return new double[] {sum};
                },
                33);
    assertThat(sizes).containsExactly(new Interval(33, 33));
  }
}
