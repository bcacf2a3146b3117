package dev.facet.model.selfcheck;

import ai.djl.ndarray.NDArray;
import dev.facet.model.ops.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code y = x . w^T + b}. With gradients also those for x, w and b.
 *
 * @param in width of x
 * @param out width of y; of {@link Form#SCORES} the number of captions
 */
record LinearMap(int in, int out, Form form, Precision precision) implements Part {
  /** How the model writes it. */
  enum Form {
    BIASED,
    UNBIASED,
    /** Unit vectors of pictures times those of captions. */
    SCORES
  }

  @Override
  public String name() {
    return String.format(
        Locale.ROOT,
        "%s %,d -> %,d",
        form == Form.SCORES ? "product of features" : "linear map",
        in,
        out);
  }

  @Override
  public String kind() {
    return "linear maps";
  }

  @Override
  public String of(Size size) {
    return String.format(Locale.ROOT, "%,d rows", size.rows());
  }

  @Override
  public Cost cost(Size size, boolean gradients) {
    double rows = size.rows();
    double product = 2 * rows * in * out;
    double numbers = rows * (in + out) + (double) in * out;
    double terms = (double) Sample.ROWS * Sample.columns(out) * in;
    if (!gradients) {
      return Cost.of(product, numbers, terms);
    }
    double back = (double) Sample.ROWS * Sample.columns(in) * out;
    double ofWeights = 2 * (Sample.columns(out) + Sample.columns(in)) * rows;
    return Cost.of(3 * product, 2 * numbers, terms + back + ofWeights);
  }

  @Override
  public List<Difference> check(Size size, Trial trial) {
    return new Check(this, size, trial).run();
  }

  /** One check; places of numbers in the four arrays count from their beginning. */
  private static final class Check {
    private final int in;
    private final int out;
    private final int count;
    private final Trial trial;
    private final SeededRow x;
    private final SeededRow w;
    private final SeededRow b;
    private final SeededRow g;
    private final NDArray inputs;
    private final NDArray weights;
    private final @Nullable NDArray bias;
    private final NDArray result;

    Check(LinearMap map, Size size, Trial trial) {
      this.in = map.in;
      this.out = map.out;
      this.count = size.rows();
      this.trial = trial;
      x = SeededRow.of(1, map.precision, 1);
      w = SeededRow.of(2, map.precision, 1);
      b = SeededRow.of(3, map.precision, 1);
      g = SeededRow.of(4, map.precision, 1);
      inputs =
          map.form == Form.SCORES
              ? trial.array(x, count, in)
              : trial.array(x, size.sequences(), size.tokens(), in);
      weights = trial.array(w, out, in);
      bias = map.form == Form.BIASED ? trial.array(b, out) : null;
      Kernels kernels = trial.kernels();
      result =
          trial.compute(
              () ->
                  map.form == Form.SCORES
                      ? kernels.scores(inputs, weights)
                      : kernels.linear(inputs, weights, bias, map.precision),
              bias == null ? List.of(inputs, weights) : List.of(inputs, weights, bias),
              g);
    }

    List<Difference> run() {
      List<Difference> differences = new ArrayList<>();
      differences.add(result());
      if (trial.gradients()) {
        differences.add(inputGradient());
        differences.add(weightGradient());
        if (bias != null) {
          differences.add(biasGradient(bias));
        }
      }
      return differences;
    }

    private Difference result() {
      Difference difference = new Difference("its result");
      long[] rows = Sample.rows(count);
      float[] found = trial.rows(result, rows);
      for (int i = 0; i < rows.length; i++) {
        for (int o : Sample.columns(out, i)) {
          double right = SeededRow.dot(x, rows[i] * in, w, (long) o * in, in);
          difference.add(found[i * out + o], bias == null ? right : right + b.at(o));
        }
      }
      return difference;
    }

    private Difference inputGradient() {
      Difference difference = new Difference("its gradient for the input");
      long[] rows = Sample.rows(count);
      float[] found = trial.rows(inputs.getGradient(), rows);
      for (int i = 0; i < rows.length; i++) {
        for (int column : Sample.columns(in, i)) {
          double right = SeededRow.dot(g, rows[i] * out, 1, w, column, in, out);
          difference.add(found[i * in + column], right);
        }
      }
      return difference;
    }

    /** A walk over the matrix that comes by every block of its rows and of its columns. */
    private Difference weightGradient() {
      Difference difference = new Difference("its gradient for the weight");
      int[] rows = Sample.columns(out, 0);
      int[] columns = Sample.columns(in, 1);
      float[] found = trial.rows(weights.getGradient(), Sample.longs(rows));
      for (int i = 0; i < Math.max(rows.length, columns.length); i++) {
        int row = i % rows.length;
        int column = columns[i % columns.length];
        double right = SeededRow.dot(g, rows[row], out, x, column, in, count);
        difference.add(found[row * in + column], right);
      }
      return difference;
    }

    private Difference biasGradient(NDArray bias) {
      Difference difference = new Difference("its gradient for the bias");
      float[] found = trial.rows(bias.getGradient(), new long[] {0});
      for (int o : Sample.columns(out, 2)) {
        difference.add(found[o], g.sum(o, out, count));
      }
      return difference;
    }
  }
}
