package dev.facet.model.selfcheck;

import ai.djl.ndarray.NDArray;
import dev.facet.model.ops.Activation;
import dev.facet.model.ops.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What stands between the two linear maps of a block, number by number. */
record Nonlinearity(Activation activation, int width, Precision precision) implements Part {
  /** Wide enough for both of its arms. */
  private static final float SCALE = 4;

  @Override
  public String name() {
    return String.format(Locale.ROOT, "%s of %,d", activation.label(), width);
  }

  @Override
  public String kind() {
    return "activations";
  }

  @Override
  public String of(Size size) {
    return String.format(Locale.ROOT, "%,d rows", size.rows());
  }

  @Override
  public Cost cost(Size size, boolean gradients) {
    double numbers = 2.0 * size.rows() * width;
    double terms = 40.0 * Sample.ROWS * Sample.columns(width);
    return Cost.of(0, gradients ? 2 * numbers : numbers, terms);
  }

  @Override
  public List<Difference> check(Size size, Trial trial) {
    SeededRow x = SeededRow.of(1, precision, SCALE);
    SeededRow g = SeededRow.of(4, precision, 1);
    NDArray inputs = trial.array(x, size.sequences(), size.tokens(), width);
    NDArray result =
        trial.compute(
            () -> trial.kernels().activation(inputs, activation, precision), List.of(inputs), g);
    long[] rows = Sample.rows(size.rows());
    float[] found = trial.rows(result, rows);
    float[] back = trial.gradients() ? trial.rows(inputs.getGradient(), rows) : new float[0];
    Difference forward = new Difference("its result");
    Difference backward = new Difference("its gradient for the input");
    for (int i = 0; i < rows.length; i++) {
      for (int k : Sample.columns(width, i)) {
        long at = rows[i] * width + k;
        forward.add(found[i * width + k], value(x.at(at)));
        if (trial.gradients()) {
          backward.add(back[i * width + k], slope(x.at(at)) * g.at(at));
        }
      }
    }
    List<Difference> differences = new ArrayList<>(List.of(forward));
    if (trial.gradients()) {
      differences.add(backward);
    }
    return differences;
  }

  /** Quick-GELU's factors are in the weights, which leaves {@code x sigmoid(x)}. */
  private double value(double x) {
    return switch (activation) {
      case QUICK_GELU -> x / (1 + Math.exp(-x));
      case GELU -> x * normal(x);
      case GELU_TANH -> x / 2 * (1 + Math.tanh(inner(x)));
    };
  }

  private double slope(double x) {
    return switch (activation) {
      case QUICK_GELU -> {
        double sigmoid = 1 / (1 + Math.exp(-x));
        yield sigmoid * (1 + x * (1 - sigmoid));
      }
      case GELU -> normal(x) + x * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
      case GELU_TANH -> {
        double tanh = Math.tanh(inner(x));
        double steepness = Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
        yield (1 + tanh) / 2 + x / 2 * (1 - tanh * tanh) * steepness;
      }
    };
  }

  private static double inner(double x) {
    return Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);
  }

  /**
   * The standard normal distribution, by {@code 1/2 + density(x) (x + x^3/3 + x^5/(3 5) + ...)}
   * (Abramowitz and Stegun 1964, 26.2.11).
   */
  static double normal(double x) {
    double term = x;
    double sum = x;
    for (int k = 3; Math.abs(term) > 1e-17; k += 2) {
      term *= x * x / k;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }
}
