package dev.facet.eval.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.facet.base.FacetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComparisonTest {
  private static final Bootstrap BOOTSTRAP = new Bootstrap(500, 1);

  @TempDir private Path folder;

  @Test
  void anEvaluationDoesNotDifferFromItselfInAnotherOrder() {
    List<RankedPicture> once = drawn(60, 0);
    List<RankedPicture> again = new ArrayList<>(once);
    Collections.shuffle(again, new Random(1));

    Comparison same = compare(once, again);

    assertThat(same.better() + same.worse()).isZero();
    assertThat(same.moved()).isEmpty();
    assertThat(same.rsum().value()).isZero();
    assertThat(same.imageToText().values())
        .allSatisfy(
            each -> {
              assertThat(each.value()).isZero();
              assertThat(each.interval()).isEqualTo(new Interval(0, 0));
              assertThat(each.p()).isEqualTo(1);
            });
  }

  @Test
  void whatImprovedIsTheDifferenceOfTheFigures() {
    List<RankedPicture> before = drawn(200, 1);
    List<RankedPicture> after = before.stream().map(ComparisonTest::halved).toList();

    Comparison comparison = compare(before, after);

    Difference r1 = difference(comparison, "r1");
    assertThat(r1.before()).isCloseTo(share(before, 1), within(1e-12));
    assertThat(r1.after()).isCloseTo(share(after, 1), within(1e-12));
    assertThat(r1.interval().low()).isPositive().isLessThan(r1.value());
    assertThat(r1.interval().high()).isGreaterThan(r1.value());
    assertThat(r1.p()).isLessThan(0.01);
    assertThat(comparison.worse()).isZero();
    assertThat(comparison.better()).isPositive();
    assertThat(comparison.moved()).hasSize(3).allSatisfy(m -> assertThat(m.after()).isOne());
  }

  /** What makes a picture hard for both is no reason to doubt a difference. */
  @Test
  void intervalsOfDifferencesAreNarrowerThanThoseOfUnpairedFigures() {
    List<RankedPicture> before = drawn(200, 2);
    List<RankedPicture> after =
        before.stream().map(each -> each.row() % 20 == 0 ? halved(each) : each).toList();

    Interval paired = difference(compare(before, after), "mrr").interval();
    Interval alone =
        BOOTSTRAP
            .intervals(new AllFigures(Outcomes.of(before), List.of(), 10), before.size())
            .get(4); // mrr of pictures
    assertThat(paired.high() - paired.low()).isLessThan((alone.high() - alone.low()) / 2);
  }

  @Test
  void differentPairsAreRefused() {
    List<RankedPicture> all = drawn(10, 3);
    List<RankedPicture> fewer = all.subList(0, 8);
    RankedPicture first = all.getFirst();
    List<RankedPicture> reworded = new ArrayList<>(all);
    reworded.set(
        0,
        new RankedPicture(
            first.picture(), 0, 1, 1, List.of(new RankedCaption("another text", 1, 1))));

    assertThatThrownBy(() -> compare(all, fewer))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("2 pictures of the first are not in the second, 0 the other way");
    assertThatThrownBy(() -> compare(all, reworded)).hasMessageContaining("1 have other captions");
  }

  @Test
  void ranksAreReadBackAndADamagedFileIsNamed() throws IOException {
    Path file = folder.resolve("ranks.jsonl");
    List<RankedPicture> pictures = drawn(20, 4);
    RanksFile.write(file, pictures);
    assertThat(RanksFile.read(file)).isEqualTo(pictures);

    Files.writeString(file, Files.readString(file).substring(0, 300));
    assertThatThrownBy(() -> RanksFile.read(file))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining(file + " is damaged");
  }

  private static Comparison compare(List<RankedPicture> before, List<RankedPicture> after) {
    return Comparison.of(before, after, List.of(), 10, BOOTSTRAP, 3);
  }

  private static Difference difference(Comparison comparison, String figure) {
    return Objects.requireNonNull(comparison.imageToText().get(figure));
  }

  private static double share(List<RankedPicture> pictures, int k) {
    return pictures.stream().mapToInt(each -> each.rank() <= k ? 1 : 0).average().orElseThrow();
  }

  private static RankedPicture halved(RankedPicture picture) {
    return new RankedPicture(
        picture.picture(),
        picture.row(),
        Math.ceil(picture.rank() / 2),
        picture.precision(),
        picture.captions().stream()
            .map(each -> new RankedCaption(each.caption(), Math.ceil(each.rank() / 2), 0.5))
            .toList());
  }

  private static List<RankedPicture> drawn(int pictures, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<RankedPicture> drawn = new ArrayList<>();
    for (int i = 0; i < pictures; i++) {
      List<RankedCaption> captions = new ArrayList<>();
      for (int j = 0; j <= i % 3; j++) {
        captions.add(new RankedCaption("caption " + i + "." + j, 1 + random.nextInt(40), 0.5));
      }
      drawn.add(
          new RankedPicture(
              Long.toHexString(random.nextLong()), i, 1 + random.nextInt(9), 0.5, captions));
    }
    return drawn;
  }
}
