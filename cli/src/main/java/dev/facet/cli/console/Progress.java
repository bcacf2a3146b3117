package dev.facet.cli.console;

import dev.facet.cli.console.ProgressLine.Need;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How far a task is, how fast, and when it will be done: one line rewritten in place on a terminal,
 * as much of it as the window has room for, and a plain line every few seconds in a log.
 * Thread-safe; calling {@link #update} costs next to nothing between two lines.
 */
public final class Progress implements AutoCloseable {
  private static final long ON_TERMINAL = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long IN_LOG = TimeUnit.SECONDS.toNanos(10);

  /** Over a shorter time a rate means nothing. */
  private static final double LEAST_SECONDS = 0.1;

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
  private final Estimate estimate = new Estimate();

  private long start;
  private long done;
  private String detail = "";
  private String more = "";
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
    update(nowDone, "", "");
  }

  /**
   * Shows the state, unless a line was written just now.
   *
   * @param nowDone units done, those before a resume included
   * @param nowDetail figures to append, "loss 1.234"; empty for none
   * @param nowMore further ones, for which a narrow terminal has no room
   */
  public synchronized void update(long nowDone, String nowDetail, String nowMore) {
    done = nowDone;
    detail = nowDetail;
    more = nowMore;
    long now = clock.getAsLong();
    estimate.mark(seconds(now), done);
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
      err.println(line(clock.getAsLong()).within(Integer.MAX_VALUE));
      err.flush();
    }
  }

  private void write(ProgressLine line) {
    if (terminal.errIsTerminal()) {
      // One column less than there are: a full line makes some terminals wrap.
      err.print("\r" + line.within(terminal.width() - 1) + ERASE_REST);
      lineOpen = true;
    } else {
      err.println(line.within(Integer.MAX_VALUE));
    }
    err.flush();
  }

  private void eraseLine() {
    if (lineOpen) {
      err.print("\r" + ERASE_REST);
      lineOpen = false;
    }
  }

  private ProgressLine line(long now) {
    double seconds = seconds(now);
    double rate = seconds >= LEAST_SECONDS ? (done - start) / seconds : 0;
    ProgressLine line = new ProgressLine();
    line.add(task, Need.TASK);
    line.add(total > 0 ? count(done) + "/" + count(total) : count(done), Need.ALWAYS);
    if (total > 0) {
      line.append(String.format(Locale.ROOT, "(%d%%)", done * 100 / total), Need.SHARE);
    }
    line.append(unit, Need.UNIT);
    if (rate > 0) {
      line.add(String.format(Locale.ROOT, rate < 10 ? "%.2f/s" : "%,.0f/s", rate), Need.RATE);
    }
    double coming = estimate.rate();
    if (closed || total == 0) {
      line.add("in " + time(Math.round(seconds)), Need.ALWAYS);
    } else if (coming > 0 && total > done) {
      line.add(time(Math.round((total - done) / coming)) + " left", Need.ALWAYS);
    }
    line.add(detail, Need.ALWAYS);
    line.add(more, Need.MORE);
    return line;
  }

  private double seconds(long now) {
    return (now - started) / 1e9;
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** 42 s, 3 min 05 s, 2 h 07 min, 3 d 04 h. */
  public static String time(long seconds) {
    Duration time = Duration.ofSeconds(seconds);
    if (seconds < 60) {
      return seconds + " s";
    }
    if (time.toDays() > 1) {
      return String.format(Locale.ROOT, "%d d %02d h", time.toDays(), time.toHoursPart());
    }
    return time.toHours() == 0
        ? String.format(Locale.ROOT, "%d min %02d s", time.toMinutes(), time.toSecondsPart())
        : String.format(Locale.ROOT, "%d h %02d min", time.toHours(), time.toMinutesPart());
  }
}
