package dev.facet.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProgressTest {
  private final StringWriter written = new StringWriter();
  private long now;

  @Test
  void aLogGetsOnePlainLineEveryTenSeconds() {
    try (Progress progress = progress(Terminal.NONE, 1000)) {
      for (int second = 1; second <= 25; second++) {
        at(second);
        progress.update(second * 10L);
      }
    }
    assertThat(written.toString().lines())
        .containsExactly(
            "drawing  10/1,000 (1%) pictures  10/s",
            "drawing  110/1,000 (11%) pictures  10/s  1 min 29 s left",
            "drawing  210/1,000 (21%) pictures  10/s  1 min 19 s left",
            "drawing  250/1,000 (25%) pictures  10/s  in 25 s");
  }

  @Test
  void aTerminalGetsOneLineRewrittenAndCutToItsWidth() {
    try (Progress progress = progress(new Terminal(true, true, true, 40), 1000)) {
      at(1);
      progress.update(10, "loss 1.234", "lr 0.1");
      at(2);
      progress.update(20, "loss 1.233, which is less than it was", "lr 0.1");
      progress.say("a line of its own");
    }
    assertThat(written.toString())
        .isEqualTo(
            "\rdrawing  10/1,000 (1%)  loss 1.234\u001b[K"
                + "\r20/1,000  loss 1.233, which is less tha\u001b[K"
                + "\r\u001b[Ka line of its own\n"
                + "drawing  20/1,000 (2%) pictures  10/s  in 2 s  loss 1.233, which is less than it"
                + " was  lr 0.1\n");
  }

  @ParameterizedTest
  @CsvSource({
    "10, 215, 'loss 0.653  101/s  w0 c0 f33 b56 u11%'",
    "12345, 150000, 'loss 10.653  1,101/s  w10 c1 f30 b48 u11%'",
    "999999, 9999999, 'loss 0.123  12,345/s  w100 c0 f0 b0 u0%'"
  })
  void whatTellsHowTrainingGoesFitsEightyColumns(long done, long total, String detail) {
    try (Progress progress = progress(new Terminal(true, true, true, 80), total)) {
      for (int second = 1; second <= 20; second++) {
        at(second);
        progress.update(done - 40 + 2L * second, detail, "lr 1.03e-07");
      }
      String line = written.toString().substring(written.toString().lastIndexOf('\r') + 1);
      assertThat(line.replace("\u001b[K", ""))
          .hasSizeLessThan(80)
          .contains(" left  ")
          .endsWith(detail);
    }
  }

  @Test
  void noEndIsForetoldFromTheFirstUnitsWhichCarryTheStart() {
    try (Progress progress = progress(Terminal.NONE, 3400)) {
      at(6); // data opened, first kernels chosen
      progress.update(1);
      at(17);
      progress.update(3);
      for (int tenth = 171; tenth <= 290; tenth++) {
        now = tenth * 100_000_000L;
        progress.update(3 + (tenth - 170) * 20L);
      }
    }
    assertThat(written.toString())
        .contains("drawing  3/3,400 (0%) pictures  0.18/s\n")
        .doesNotContain(" h ")
        .doesNotContain(" min ");
  }

  @Test
  void noRateIsToldOfTheFirstMoments() {
    try (Progress progress = progress(Terminal.NONE, 300)) {
      now = 1000;
      progress.update(300);
    }
    assertThat(written.toString().lines().toList())
        .containsExactly(
            "drawing  300/300 (100%) pictures", "drawing  300/300 (100%) pictures  in 0 s");
  }

  @Test
  void theEndIsForetoldByTheSpeedOfLate() {
    try (Progress progress = progress(Terminal.NONE, 1000)) {
      for (int second = 30; second <= 70; second++) {
        at(second);
        progress.update(10L * (second - 29));
      }
    }
    assertThat(written.toString())
        .contains("drawing  410/1,000 (41%) pictures  5.86/s  59 s left\n");
  }

  @Test
  void longTimesAreToldInDays() {
    assertThat(Progress.time(59)).isEqualTo("59 s");
    assertThat(Progress.time(47 * 3600)).isEqualTo("47 h 00 min");
    assertThat(Progress.time(76 * 3600 + 59)).isEqualTo("3 d 04 h");
  }

  @Test
  void whatWasDoneBeforeAResumeIsNotCountedIntoTheRate() {
    try (Progress progress = progress(Terminal.NONE, 1000).startAt(500)) {
      for (int second = 1; second <= 11; second++) {
        at(second);
        progress.update(500 + 10L * second);
      }
    }
    assertThat(written.toString()).contains("drawing  610/1,000 (61%) pictures  10/s  39 s left");
  }

  @Test
  void anUnknownTotalStillGivesARate() {
    try (Progress progress = progress(Terminal.NONE, 0)) {
      at(4);
      progress.update(10);
    }
    assertThat(written.toString().lines().findFirst())
        .contains("drawing  10 pictures  2.50/s  in 4 s");
  }

  @Test
  void theTerminalIsWhatLauncherAndEnvironmentSay() {
    assertThat(Terminal.detect("out,err", "132", Map.of()))
        .isEqualTo(new Terminal(true, true, true, 120));
    assertThat(Terminal.detect("err", "90", Map.of("COLUMNS", "70")))
        .isEqualTo(new Terminal(false, true, false, 70));
    assertThat(Terminal.detect("out,", "", Map.of("NO_COLOR", "1")))
        .isEqualTo(new Terminal(true, false, false, 80));
    assertThat(Terminal.detect("out,", "wide", Map.of("TERM", "dumb")).colours()).isFalse();
  }

  private void at(int second) {
    now = second * 1_000_000_000L;
  }

  private Progress progress(Terminal terminal, long total) {
    return new Progress(
        new PrintWriter(written), terminal, "drawing", "pictures", total, () -> now);
  }
}
