package dev.facet.eval.log;

import dev.facet.eval.retrieval.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the log of a run comes to. A log without a start line is one of an older version: what only
 * that line tells is null.
 *
 * @param step optimizer steps done
 * @param start the last time the run began or went on
 * @param end how it ended since; null where it goes on, failed or was killed
 * @param loss mean of the last tenth of the losses, of 100 at most; null where there is none
 * @param best of each held-out set the evaluation with the highest {@link #meanRecall}, the earlier
 *     one of equals
 * @param time spent on the steps that the log holds, evaluation included; steps that were lost to a
 *     kill or a rewind are not in the log, and their time is not in here
 * @param samples that these steps were made of, without those that were skipped
 */
public record RunFigures(
    long step,
    @Nullable StartLine start,
    @Nullable EndLine end,
    @Nullable Double loss,
    SequencedMap<String, EvalLine> best,
    @Nullable Duration time,
    @Nullable Long samples,
    long skipped) {
  private static final int MOST_LOSSES = 100;

  public RunFigures {
    best = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(best));
  }

  /** Of the lines of a log, in their order. */
  public static RunFigures of(List<RunLine> lines) {
    StartLine start = null;
    EndLine end = null;
    List<StepLine> steps = new ArrayList<>();
    SequencedMap<String, EvalLine> best = new LinkedHashMap<>();
    for (RunLine line : lines) {
      switch (line) {
        case StartLine begun -> {
          start = begun;
          end = null;
        }
        case EndLine ended -> end = ended;
        case StepLine step -> steps.add(step);
        case EvalLine eval ->
            best.merge(eval.set(), eval, (a, b) -> meanRecall(b) > meanRecall(a) ? b : a);
        case LoaderLine _ -> {} // no figure of a run
      }
    }
    StepLine last = steps.isEmpty() ? null : steps.getLast();
    return new RunFigures(
        last == null ? 0 : last.step(),
        start,
        end,
        loss(steps),
        best,
        time(lines),
        start == null || last == null ? null : samples(start, last),
        last == null ? 0 : last.skipped());
  }

  /** Samples that were learned from up to a step. */
  public static long samples(StartLine start, StepLine step) {
    return step.step() * start.batch() - step.skipped();
  }

  /** The mean of recall@1, @5 and @10 over both directions, in [0, 1]. */
  public static double meanRecall(EvalLine line) {
    Direction a = line.imageToText();
    Direction b = line.textToImage();
    return (a.r1() + a.r5() + a.r10() + b.r1() + b.r5() + b.r10()) / 6;
  }

  /** Samples in a second of {@link #time}; null where either is not known. */
  public @Nullable Double rate() {
    return samples == null || time == null || time.isZero() ? null : samples * 1e9 / time.toNanos();
  }

  private static @Nullable Double loss(List<StepLine> steps) {
    List<Float> losses = steps.stream().map(StepLine::loss).filter(Float::isFinite).toList();
    int last = Math.clamp(losses.size() / 10, 1, MOST_LOSSES);
    return losses.isEmpty()
        ? null
        : losses.subList(losses.size() - last, losses.size()).stream()
            .mapToDouble(Float::doubleValue)
            .average()
            .orElseThrow();
  }

  /** From each start to the last line before the next one: pauses do not count. */
  private static @Nullable Duration time(List<RunLine> lines) {
    Duration sum = Duration.ZERO;
    Instant begun = null;
    Instant last = null;
    for (RunLine line : lines) {
      if (line instanceof StartLine) {
        sum = begun == null || last == null ? sum : sum.plus(between(begun, last));
        begun = line.time();
      } else if (begun == null) {
        return null;
      }
      last = line.time();
    }
    return begun == null || last == null ? null : sum.plus(between(begun, last));
  }

  /** A clock that was set back tells nothing. */
  private static Duration between(Instant from, Instant to) {
    Duration time = Duration.between(from, to);
    return time.isNegative() ? Duration.ZERO : time;
  }
}
