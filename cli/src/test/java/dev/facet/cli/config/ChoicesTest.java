package dev.facet.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.facet.base.Interval;
import dev.facet.base.Range;
import dev.facet.cli.config.Problems.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lists of the records that a sealed interface permits. */
final class ChoicesTest {
  sealed interface Change {}

  enum Edge {
    BLACK,
    MIRROR
  }

  record TurnAbout(@Range(min = -180, max = 180) Interval degrees, Edge edge) implements Change {
    static final TurnAbout DEFAULT = new TurnAbout(new Interval(-10, 10), Edge.BLACK);
  }

  record Fade(@Range(min = 0, max = 1) double share, @Range(min = 1) int steps, boolean slowly)
      implements Change {
    static final Fade DEFAULT = new Fade(0.5, 3, false);

    Fade {
      if (slowly && steps < 2) {
        throw new IllegalArgumentException("to fade slowly takes 2 steps or more");
      }
    }
  }

  record Invert() implements Change {}

  record Holder(List<Change> changes) {}

  private static final Key CHANGES = Key.of("", Holder.class.getRecordComponents()[0]);

  @Test
  void whatIsLeftOutComesFromTheDefaultOfTheRecord() throws Mismatch {
    assertThat(
            read(
                """
                - fade: {share: 0.25}
                - turn_about:
                    degrees: [0, 90]
                    edge: mirror
                - invert
                - turn_about
                - fade:
                - invert: {}
                """))
        .isEqualTo(
            List.of(
                new Fade(0.25, 3, false),
                new TurnAbout(new Interval(0, 90), Edge.MIRROR),
                new Invert(),
                TurnAbout.DEFAULT,
                Fade.DEFAULT,
                new Invert()));
    assertThat(read("[]")).isEqualTo(List.of());
  }

  @Test
  void everythingWrongInAListIsToldAtOnceWithItsLine() {
    assertThat(
            problems(
                """
                - faed: {share: 0.25}
                - fade: {share: 2, step: 1, slowly: yes}
                - turn_about: {degrees: [9, 1]}
                - invert: {much: 1}
                - fade: {steps: 1, slowly: true}
                - fade: {}
                  invert: {}
                - blur: {}
                - fade: 0.5
                - 5
                - null
                """))
        .containsExactly(
            "my.yaml:1:3: changes[0]: there is no change faed; did you mean fade?",
            "my.yaml:2:20: changes[1].fade.step is not a setting; did you mean steps?",
            "my.yaml:2:17: changes[1].fade.share is 2; it expects a number from 0 to 1",
            "my.yaml:2:37: changes[1].fade.slowly is yes; it expects true or false",
            "my.yaml:3:25: changes[2].turn_about.degrees is [9, 1]; it expects two numbers [min,"
                + " max] from -180 to 180, the smaller one first",
            "my.yaml:4:12: changes[3].invert.much is not a setting; invert has no parameters",
            "my.yaml:5:9: changes[4].fade: to fade slowly takes 2 steps or more",
            "my.yaml:6:3: changes[5] has several keys; begin a line with \"- \" for each change,"
                + " and write its parameters in braces, as in \"- turn_about: {degrees: [-10.0,"
                + " 10.0], edge: black}\"",
            "my.yaml:8:3: changes[6]: there is no change blur; there are turn_about, fade, invert",
            "my.yaml:9:9: changes[7].fade is 0.5; it expects a section with share, steps, slowly",
            "my.yaml:10:3: changes[8]: there is no change 5; there are turn_about, fade, invert",
            "my.yaml:11:3: changes[9] is null; it expects one change with its parameters, as in"
                + " \"- turn_about: {degrees: [-10.0, 10.0], edge: black}\"");
  }

  @Test
  void aMapInPlaceOfAListIsAnsweredWithTheLineToWrite() {
    assertThat(problems("fades: 0.5\nother: 1\n"))
        .singleElement()
        .asString()
        .contains("changes is a section; it expects a list with a line for each change")
        .endsWith("; in place of fades write \"- fade: {share: 0.5, steps: 3, slowly: false}\"");
  }

  @Test
  void whatIsWrittenIsReadBackEqual() throws Mismatch {
    List<Change> changes =
        List.of(
            new Fade(1e-5, 7, true), new Invert(), new TurnAbout(new Interval(-1, 1), Edge.MIRROR));
    assertThat(read(ConfigWriter.value(CHANGES.shape(), changes))).isEqualTo(changes);
  }

  private static @Nullable Object read(String yaml) throws Mismatch {
    return ValueReader.read(CHANGES, Yaml.value(yaml));
  }

  private static List<String> problems(String yaml) {
    Mismatch mismatch = catchThrowableOfType(Mismatch.class, () -> read(yaml));
    assertThat(mismatch).isNotNull();
    return mismatch.problems().stream().map(ChoicesTest::line).toList();
  }

  private static String line(Problem problem) {
    return problem.where().text() + ": " + problem.message();
  }
}
