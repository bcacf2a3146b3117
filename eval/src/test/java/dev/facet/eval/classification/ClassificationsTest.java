package dev.facet.eval.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facet.eval.measure.Bootstrap;
import dev.facet.eval.measure.Interval;
import dev.facet.eval.measure.NamedMeasures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

final class ClassificationsTest {
  private static final List<String> TWO = List.of("yes", "no");

  /** The examples in the documentation of average_precision_score and balanced_accuracy_score. */
  @Test
  void figuresAreScikitLearns() {
    double[] yes = {0.1, 0.4, 0.35, 0.8};
    NamedMeasures ranked = figures(new int[] {1, 1, 0, 0}, yes, new double[4]).figures();
    assertThat(ranked.get("average_precision").value()).isEqualTo(5 / 6.0, within(1e-12));

    int[] truth = {0, 1, 0, 0, 1, 0};
    double[] said = {1, 0, 1, 1, 1, 0};
    ClassFigures decided = figures(truth, said, new double[] {0.5, 0.5, 0.5, 0.5, 0.5, 0.5});
    assertThat(decided.figures().get("balanced_accuracy").value()).isEqualTo(0.625);
    assertThat(decided.figures().get("accuracy").value()).isEqualTo(4 / 6.0, within(1e-12));
    assertThat(decided.recalls().get("yes").value()).isEqualTo(0.75);
    assertThat(decided.mostFrequent()).isEqualTo(4 / 6.0, within(1e-12));
  }

  /** scikit-learn 1.9.1 on the same numbers, 200 of 14 different scores. */
  @Test
  void tiedScoresHaveScikitLearnsFiguresToo() {
    int[] truth = new int[200];
    double[] yes = new double[truth.length];
    double[] no = new double[truth.length];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = i * 7919 % 11 < 3 ? 0 : 1;
      double score = i * 104729 % 17 / 17.0 + (truth[i] == 0 ? 0.4 : 0);
      yes[i] = Math.rint(score * 10) / 10;
      no[i] = 0.65;
    }
    NamedMeasures figures = figures(truth, yes, no).figures();
    assertThat(figures.get("average_precision").value())
        .isEqualTo(0.6989651668438835, within(1e-12));
    assertThat(figures.get("balanced_accuracy").value())
        .isEqualTo(0.713166144200627, within(1e-12));
    assertThat(figures.get("accuracy").value()).isEqualTo(0.715, within(1e-12));
  }

  @Test
  void equalScoresComeAtOnceAndUnknownPicturesNowhere() {
    int[] truth = {0, 1, -1, 0, 1, -1};
    ClassFigures figures = figures(truth, new double[6], new double[6]);

    assertThat(figures.figures().get("average_precision").value()).isEqualTo(0.5);
    assertThat(figures.counts()).containsExactly(2, 2);
    assertThat(figures.unlabelled()).isEqualTo(2);
  }

  @Test
  void whatHasOneClassOnlyIsInNoMean() {
    SequencedMap<String, Classified> all = new LinkedHashMap<>();
    all.put("mixed", classified(new int[] {0, 1, 1, 0}, new double[] {1, -1, 1, 1}));
    all.put("single", classified(new int[] {1, 1, 1, 1}, new double[] {1, 1, 1, 1}));
    all.put("unknown", classified(new int[] {-1, -1, -1, -1}, new double[4]));
    Classifications found = Classifications.of(all, new Bootstrap(50, 1));

    NamedMeasures mean = Objects.requireNonNull(found.mean());
    assertThat(mean.get("balanced_accuracy").value()).isEqualTo(0.75);
    assertThat(mean.get("accuracy").value()).isEqualTo(0.75);
    assertThat(found.all()).extracting(ClassFigures::isMixed).containsExactly(true, false, false);
    assertThat(found.all().get(1).figures().get("average_precision").value()).isNaN();
    assertThat(found.all().get(1).figures().get("accuracy").value()).isZero();
    assertThat(found.all().get(2).figures().get("accuracy").value()).isNaN();
  }

  /** Sets of which the true figure is known, drawn again and again. */
  @Test
  void intervalsHoldTheTruthAsOftenAsTheySay() {
    Random random = new Random(5);
    int held = 0;
    int sets = 300;
    for (int set = 0; set < sets; set++) {
      int[] truth = new int[200];
      double[] yes = new double[truth.length];
      for (int i = 0; i < truth.length; i++) {
        truth[i] = random.nextInt(4) == 0 ? 0 : 1;
        boolean right = random.nextDouble() < (truth[i] == 0 ? 0.6 : 0.9);
        yes[i] = (truth[i] == 0) == right ? 1 : -1;
      }
      SequencedMap<String, Classified> all = new LinkedHashMap<>();
      all.put("a", classified(truth, yes));
      Interval interval =
          Objects.requireNonNull(
              Classifications.of(all, new Bootstrap(200, set))
                  .all()
                  .getFirst()
                  .figures()
                  .get("balanced_accuracy")
                  .interval());
      held += interval.low() <= 0.75 && 0.75 <= interval.high() ? 1 : 0;
    }
    assertThat(held / (double) sets).isBetween(0.91, 0.98);
  }

  private static Classified classified(int[] truth, double[] yes) {
    return new Classified(TWO, truth, new double[][] {yes, new double[yes.length]});
  }

  private static ClassFigures figures(int[] truth, double[] yes, double[] no) {
    SequencedMap<String, Classified> one = new LinkedHashMap<>();
    one.put("a", new Classified(TWO, truth, new double[][] {yes, no}));
    return Classifications.of(one, null).all().getFirst();
  }
}
