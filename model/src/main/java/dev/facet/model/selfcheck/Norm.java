package dev.facet.model.selfcheck;

import ai.djl.ndarray.NDArray;
import dev.facet.model.ops.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Layer normalisation over the last axis (Ba et al. 2016, "Layer normalization", section 3.1). */
record Norm(int width, double eps) implements Part {
  @Override
  public String name() {
    return String.format(Locale.ROOT, "layer norm over %,d", width);
  }

  @Override
  public String kind() {
    return "norms";
  }

  @Override
  public Precision precision() {
    return Precision.FLOAT32;
  }

  @Override
  public String of(Size size) {
    return String.format(Locale.ROOT, "%,d rows", size.rows());
  }

  @Override
  public Cost cost(Size size, boolean gradients) {
    double numbers = 2.0 * size.rows() * width;
    double terms = 4.0 * Sample.ROWS * width;
    return gradients ? Cost.of(0, 2 * numbers, 3 * terms) : Cost.of(0, numbers, terms);
  }

  @Override
  public List<Difference> check(Size size, Trial trial) {
    SeededRow x = SeededRow.of(1, precision(), 1);
    SeededRow w = SeededRow.of(2, precision(), 1);
    SeededRow b = SeededRow.of(3, precision(), 1);
    SeededRow g = SeededRow.of(4, precision(), 1);
    NDArray inputs = trial.array(x, size.sequences(), size.tokens(), width);
    NDArray weight = trial.array(w, width);
    NDArray bias = trial.array(b, width);
    NDArray result =
        trial.compute(
            () -> trial.kernels().norm(inputs, weight, bias, eps),
            List.of(inputs, weight, bias),
            g);
    long[] rows = Sample.rows(size.rows());
    float[] found = trial.rows(result, rows);
    float[] back = trial.gradients() ? trial.rows(inputs.getGradient(), rows) : new float[0];
    Difference forward = new Difference("its result");
    Difference backward = new Difference("its gradient for the input");
    for (int i = 0; i < rows.length; i++) {
      long from = rows[i] * width;
      Row row = Row.of(x, from, width, eps);
      for (int k = 0; k < width; k++) {
        forward.add(found[i * width + k], row.of(x.at(from + k)) * w.at(k) + b.at(k));
      }
      if (trial.gradients()) {
        row.gradients(x, from, w, g, width, backward, back, i * width);
      }
    }
    List<Difference> differences = new ArrayList<>(List.of(forward));
    if (trial.gradients()) {
      differences.add(backward);
    }
    return differences;
  }

  /** A row's mean, and one over its standard deviation. */
  private record Row(double mean, double scale) {
    static Row of(SeededRow x, long from, int width, double eps) {
      double mean = x.sum(from, 1, width) / width;
      double squares = 0;
      for (int k = 0; k < width; k++) {
        squares += (x.at(from + k) - mean) * (x.at(from + k) - mean);
      }
      return new Row(mean, 1 / Math.sqrt(squares / width + eps));
    }

    double of(double value) {
      return (value - mean) * scale;
    }

    /** With n the normalised row and h = w g: {@code scale (h - mean(h) - n mean(h n))}. */
    void gradients(
        SeededRow x,
        long from,
        SeededRow w,
        SeededRow g,
        int width,
        Difference difference,
        float[] found,
        int at) {
      double h = 0;
      double hn = 0;
      for (int k = 0; k < width; k++) {
        double each = w.at(k) * g.at(from + k);
        h += each / width;
        hn += each * of(x.at(from + k)) / width;
      }
      for (int k = 0; k < width; k++) {
        double right = scale * (w.at(k) * g.at(from + k) - h - of(x.at(from + k)) * hn);
        difference.add(found[at + k], right);
      }
    }
  }
}
