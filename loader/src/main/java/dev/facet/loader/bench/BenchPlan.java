package dev.facet.loader.bench;

import java.util.List;

/**
 * How a loader is measured.
 *
 * @param threads worker threads to try; 0 means one per processor
 * @param runs measurements for each number of threads, of which the median counts; the numbers take
 *     turns, so that a noisy minute does not fall on one of them alone
 * @param warmupSeconds at the start of each run, not counted: code is compiled, files are cached
 * @param seconds counted in each run
 */
public record BenchPlan(List<Integer> threads, int runs, double warmupSeconds, double seconds) {
  public BenchPlan {
    threads = List.copyOf(threads);
    if (threads.isEmpty() || runs < 1 || warmupSeconds < 0 || seconds <= 0) {
      throw new IllegalArgumentException("nothing to measure");
    }
  }
}
