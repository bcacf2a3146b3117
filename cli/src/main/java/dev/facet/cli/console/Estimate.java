package dev.facet.cli.console;

import java.util.ArrayList;
import java.util.List;

/**
 * When a task will be done. The first units say nothing: they carry the task's start, the reading
 * of its first data and the warming up of the program. So the time up to the first unit is left
 * out, the rest is cut in two, and there is an estimate only once both halves have gone at about
 * the same speed.
 */
final class Estimate {
  /** Before so long a time any estimate would jump. */
  private static final double LEAST_SECONDS = 5;

  /** How often units have to have come in each half. */
  private static final int LEAST_MARKS = 2;

  /** How much faster one half may be than the other. */
  private static final double ALIKE = 2;

  /** More marks than this are thinned out: the middle is found well enough. */
  private static final int MOST_MARKS = 256;

  private record Mark(double seconds, long done) {}

  private final List<Mark> marks = new ArrayList<>();

  /** Takes note of units done at a time. */
  void mark(double seconds, long done) {
    if (!marks.isEmpty() && done <= marks.getLast().done) {
      return;
    }
    marks.add(new Mark(seconds, done));
    if (marks.size() > MOST_MARKS) {
      for (int i = marks.size() - 2; i > 0; i -= 2) {
        marks.remove(i);
      }
    }
  }

  /** Units per second, of late; 0 while nothing can be said. */
  double rate() {
    if (marks.size() < 2 * LEAST_MARKS + 1) {
      return 0;
    }
    Mark first = marks.getFirst();
    Mark last = marks.getLast();
    double seconds = last.seconds - first.seconds;
    if (seconds < LEAST_SECONDS) {
      return 0;
    }
    int middle = LEAST_MARKS;
    while (middle < marks.size() - 1 - LEAST_MARKS
        && marks.get(middle).seconds < first.seconds + seconds / 2) {
      middle++;
    }
    double before = rate(first, marks.get(middle));
    double after = rate(marks.get(middle), last);
    return after <= ALIKE * before && before <= ALIKE * after ? after : 0;
  }

  private static double rate(Mark from, Mark to) {
    return (to.done - from.done) / Math.max(1e-9, to.seconds - from.seconds);
  }
}
