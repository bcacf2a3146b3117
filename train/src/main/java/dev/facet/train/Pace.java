package dev.facet.train;

import java.time.Duration;

/** Speed over the last steps. */
final class Pace {
  private final long total;
  private final long first;
  private final long began = System.nanoTime();
  private double imagesPerSecond;
  private double dataWait;

  Pace(long first, long total) {
    this.first = first;
    this.total = total;
  }

  /** A running mean that forgets a step after about ten. */
  void add(int images, long waited, long nanos) {
    double weight = imagesPerSecond == 0 ? 1 : 0.1;
    imagesPerSecond += weight * (images * 1e9 / nanos - imagesPerSecond);
    dataWait += weight * ((double) waited / nanos - dataWait);
  }

  double imagesPerSecond() {
    return imagesPerSecond;
  }

  double dataWait() {
    return dataWait;
  }

  StepProgress progress(long step, float loss, double lr) {
    double perStep = (double) (System.nanoTime() - began) / (step - first);
    Duration remaining = Duration.ofNanos((long) (perStep * (total - step)));
    return new StepProgress(step, total, loss, lr, imagesPerSecond, dataWait, remaining);
  }
}
