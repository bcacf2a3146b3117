package dev.facet.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
            "drawing  10/1,000 (1%) pictures  10/s  1 min 39 s left",
            "drawing  110/1,000 (11%) pictures  10/s  1 min 29 s left",
            "drawing  210/1,000 (21%) pictures  10/s  1 min 19 s left",
            "drawing  250/1,000 (25%) pictures  10/s  in 25 s");
  }

  @Test
  void aTerminalGetsOneLineRewrittenAndCutToItsWidth() {
    try (Progress progress = progress(new Terminal(true, true, true, 40), 1000)) {
      at(1);
      progress.update(10, "loss 1.234");
      at(2);
      progress.update(20, "loss 1.233");
      progress.say("a line of its own");
    }
    assertThat(written.toString())
        .isEqualTo(
            "\rdrawing  10/1,000 (1%) pictures  10/s  \u001b[K"
                + "\rdrawing  20/1,000 (2%) pictures  10/s  \u001b[K"
                + "\r\u001b[Ka line of its own\n"
                + "drawing  20/1,000 (2%) pictures  10/s  in 2 s  loss 1.233\n");
  }

  @Test
  void whatWasDoneBeforeAResumeIsNotCountedIntoTheRate() {
    try (Progress progress = progress(Terminal.NONE, 1000).startAt(500)) {
      at(10);
      progress.update(600);
    }
    assertThat(written.toString().lines().findFirst())
        .contains("drawing  600/1,000 (60%) pictures  10/s  40 s left");
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
