package dev.facet.model.selfcheck;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.facet.model.ops.Precision;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Scaled dot-product attention (Vaswani et al. 2017, "Attention is all you need", section 3.2). A
 * size's tokens are those that attend.
 *
 * @param width of a token, all heads together
 * @param seen tokens that others attend to; 0 where tokens attend to each other
 */
record Attention(int width, int heads, int seen, Form form, Precision precision) implements Part {
  /** Who attends to whom. */
  enum Form {
    ALL("attention"),
    CAUSAL("causal attention"),
    /** All to all but padding. */
    PADDED("padded attention"),
    /** Tokens to those of another tower, or a learned query to all tokens. */
    CROSS("cross-attention");

    private final String label;

    Form(String label) {
      this.label = label;
    }
  }

  private static final int PAD = 0;

  /** Makes some tokens matter much more than others. */
  private static final float SCALE = 2;

  /** Sequences that are looked at, one head of each. */
  private static final int LOOKS = 3;

  @Override
  public String name() {
    return String.format(Locale.ROOT, "%s of %,d heads of %,d", form.label, heads, width / heads);
  }

  @Override
  public String kind() {
    return "attentions";
  }

  @Override
  public String of(Size size) {
    return String.format(
        Locale.ROOT, "%,d sequences of %,d tokens", size.sequences(), size.tokens());
  }

  private int keys(Size size) {
    return form == Form.CROSS ? seen : size.tokens();
  }

  @Override
  public Cost cost(Size size, boolean gradients) {
    double pairs = (double) size.tokens() * keys(size);
    double numbers = (double) size.sequences() * width * (2.0 * size.tokens() + 2.0 * keys(size));
    double terms = LOOKS * pairs * width / heads * 2;
    double product = 4 * size.sequences() * pairs * width;
    return gradients
        ? Cost.of(3.5 * product, 2 * numbers, 4 * terms)
        : Cost.of(product, numbers, terms);
  }

  @Override
  public List<Difference> check(Size size, Trial trial) {
    return new Check(this, size, trial).run();
  }

  /** One check. Queries, keys and values lie side by side, or queries apart from the others. */
  private static final class Check {
    private final Attention part;
    private final boolean apart;
    private final int queries;
    private final int keys;
    private final int each;
    private final long sequences;
    private final Trial trial;
    private final SeededRow ofQueries;
    private final SeededRow ofKeys;
    private final SeededRow g;
    private final List<NDArray> inputs;
    private final NDArray result;

    Check(Attention part, Size size, Trial trial) {
      this.part = part;
      this.apart = part.form == Form.CROSS;
      this.queries = size.tokens();
      this.keys = part.keys(size);
      this.each = part.width / part.heads;
      this.sequences = size.sequences();
      this.trial = trial;
      ofQueries = SeededRow.of(1, part.precision, SCALE);
      ofKeys = apart ? SeededRow.of(2, part.precision, SCALE) : ofQueries;
      g = SeededRow.of(4, part.precision, 1);
      NDArray x = trial.array(ofQueries, sequences, queries, (apart ? 1L : 3L) * part.width);
      inputs =
          apart ? List.of(x, trial.array(ofKeys, sequences, keys, 2L * part.width)) : List.of(x);
      result = trial.compute(this::attend, inputs, g);
    }

    private NDArray attend() {
      Kernels kernels = trial.kernels();
      NDArray x = inputs.getFirst();
      return switch (part.form) {
        case ALL, CAUSAL ->
            kernels.attention(x, part.heads, part.form == Form.CAUSAL, part.precision);
        case PADDED -> kernels.paddedAttention(x, ids(), part.heads, PAD, part.precision);
        case CROSS -> kernels.crossAttention(x, inputs.get(1), part.heads, part.precision);
      };
    }

    /** Every sequence is as long as {@link #length} says. */
    private NDArray ids() {
      long[] ids = new long[Math.toIntExact(sequences * keys)];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = i % keys < length(i / keys) ? PAD + 1 : PAD;
      }
      return trial.scope().create(ids, new Shape(sequences, keys));
    }

    private int length(long sequence) {
      return 1 + (int) ((keys - 1 + sequence) % keys);
    }

    /** The first key that a query does not see. */
    private int end(long sequence, int query) {
      return switch (part.form) {
        case CAUSAL -> query + 1;
        case PADDED -> length(sequence);
        case ALL, CROSS -> keys;
      };
    }

    List<Difference> run() {
      Difference forward = new Difference("its result");
      // One for all three, as a gradient may be nothing: that of a query which sees one key.
      Difference backward = new Difference("its gradient for the input");
      int looks = (int) Math.min(LOOKS, sequences);
      for (int i = 0; i < looks; i++) {
        boolean last = i == looks - 1;
        long sequence = last ? sequences - 1 : i * sequences / looks;
        int head = last ? part.heads - 1 : i * part.heads / looks;
        look(sequence, head, forward, backward);
      }
      return trial.gradients() ? List.of(forward, backward) : List.of(forward);
    }

    private void look(long sequence, int head, Difference forward, Difference backward) {
      // Where a row's query, key and value begin.
      int ofQuery = head * each;
      int ofKey = (apart ? 0 : part.width) + ofQuery;
      int ofValue = ofKey + part.width;
      int inQueries = (apart ? 1 : 3) * part.width;
      int inKeys = (apart ? 2 : 3) * part.width;
      int[] ends = new int[queries];
      Arrays.setAll(ends, query -> end(sequence, query));
      AttentionHead right =
          new AttentionHead(
              vectors(ofQueries, sequence * queries, queries, inQueries, ofQuery),
              vectors(ofKeys, sequence * keys, keys, inKeys, ofKey),
              vectors(ofKeys, sequence * keys, keys, inKeys, ofValue),
              ends);
      compare(forward, result, sequence * queries, ofQuery, right.attended());
      if (trial.gradients()) {
        AttentionHead.Gradients back =
            right.gradients(vectors(g, sequence * queries, queries, part.width, ofQuery));
        NDArray queryGradient = inputs.getFirst().getGradient();
        NDArray keyGradient = inputs.getLast().getGradient();
        compare(backward, queryGradient, sequence * queries, ofQuery, back.q());
        compare(backward, keyGradient, sequence * keys, ofKey, back.k());
        compare(backward, keyGradient, sequence * keys, ofValue, back.v());
      }
    }

    /** A head's part of some rows. */
    private double[][] vectors(SeededRow numbers, long first, int rows, int width, int at) {
      double[][] vectors = new double[rows][each];
      for (int row = 0; row < rows; row++) {
        for (int i = 0; i < each; i++) {
          vectors[row][i] = numbers.at((first + row) * width + at + i);
        }
      }
      return vectors;
    }

    private void compare(
        Difference difference, NDArray array, long first, int at, double[][] right) {
      long[] rows = new long[right.length];
      Arrays.setAll(rows, i -> first + i);
      float[] found = trial.rows(array, rows);
      int width = found.length / rows.length;
      for (int row = 0; row < rows.length; row++) {
        for (int i = 0; i < each; i++) {
          difference.add(found[row * width + at + i], right[row][i]);
        }
      }
    }
  }
}
