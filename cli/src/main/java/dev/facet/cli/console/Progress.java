package dev.facet.cli.console;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How far a task is, how fast, and when it will be done: one line rewritten in place on a terminal,
 * a plain line every few seconds in a log. Thread-safe; calling {@link #update} costs next to
 * nothing between two lines.
 */
public final class Progress implements AutoCloseable {
  private static final long ON_TERMINAL = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long IN_LOG = TimeUnit.SECONDS.toNanos(10);

  /** Erases from the cursor to the end of the line (ECMA-48, EL). */
  private static final String ERASE_REST = "\u001b[K";

  private final PrintWriter err;
  private final Terminal terminal;
  private final String task;
  private final String unit;
  private final long total;
  private final LongSupplier clock;
  private final long started;
  private final long interval;

  private long start;
  private long done;
  private String detail = "";
  private long shown;
  private boolean lineOpen;
  private boolean closed;

  Progress(
      PrintWriter err,
      Terminal terminal,
      String task,
      String unit,
      long total,
      LongSupplier clock) {
    this.err = err;
    this.terminal = terminal;
    this.task = task;
    this.unit = unit;
    this.total = total;
    this.clock = clock;
    this.started = clock.getAsLong();
    this.interval = terminal.errIsTerminal() ? ON_TERMINAL : IN_LOG;
    this.shown = started - interval;
  }

  /** Where a resumed task begins, so that what was done before does not count into the rate. */
  public synchronized Progress startAt(long alreadyDone) {
    start = alreadyDone;
    done = alreadyDone;
    return this;
  }

  public void update(long nowDone) {
    update(nowDone, "");
  }

  /**
   * Shows the state, unless a line was written just now.
   *
   * @param nowDone units done, those before a resume included
   * @param nowDetail figures to append, "loss 1.234"; empty for none
   */
  public synchronized void update(long nowDone, String nowDetail) {
    done = nowDone;
    detail = nowDetail;
    long now = clock.getAsLong();
    if (!closed && now - shown >= interval) {
      shown = now;
      write(line(now));
    }
  }

  /** Writes a line of its own, above the progress line. */
  public synchronized void say(String line) {
    eraseLine();
    err.println(line);
    err.flush();
  }

  /** Leaves the last state standing as a plain line. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      eraseLine();
      err.println(line(clock.getAsLong()));
      err.flush();
    }
  }

  private void write(String line) {
    if (terminal.errIsTerminal()) {
      // One column less than there are: a full line makes some terminals wrap.
      int room = terminal.width() - 1;
      err.print("\r" + (line.length() > room ? line.substring(0, room) : line) + ERASE_REST);
      lineOpen = true;
    } else {
      err.println(line);
    }
    err.flush();
  }

  private void eraseLine() {
    if (lineOpen) {
      err.print("\r" + ERASE_REST);
      lineOpen = false;
    }
  }

  private String line(long now) {
    double seconds = (now - started) / 1e9;
    double rate = seconds > 0 ? (done - start) / seconds : 0;
    StringBuilder line = new StringBuilder(task).append("  ").append(count(done));
    if (total > 0) {
      line.append('/').append(count(total));
      line.append(String.format(Locale.ROOT, " (%d%%)", done * 100 / total));
    }
    line.append(' ').append(unit);
    if (rate > 0) {
      line.append(String.format(Locale.ROOT, rate < 10 ? "  %.2f/s" : "  %,.0f/s", rate));
    }
    if (closed || total == 0) {
      line.append("  in ").append(time(Math.round(seconds)));
    } else if (rate > 0 && total > done) {
      line.append("  ").append(time(Math.round((total - done) / rate))).append(" left");
    }
    return detail.isEmpty() ? line.toString() : line.append("  ").append(detail).toString();
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** 42 s, 3 min 05 s, 2 h 07 min. */
  static String time(long seconds) {
    Duration time = Duration.ofSeconds(seconds);
    if (seconds < 60) {
      return seconds + " s";
    }
    return time.toHours() == 0
        ? String.format(Locale.ROOT, "%d min %02d s", time.toMinutes(), time.toSecondsPart())
        : String.format(Locale.ROOT, "%d h %02d min", time.toHours(), time.toMinutesPart());
  }
}
