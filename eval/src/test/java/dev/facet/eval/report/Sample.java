package dev.facet.eval.report;

import dev.facet.eval.Coverage;
import dev.facet.eval.measure.Bootstrap;
import dev.facet.eval.measure.Evaluation;
import dev.facet.eval.retrieval.Embeddings;
import dev.facet.eval.retrieval.Pairing;
import dev.facet.eval.retrieval.Retrieval;
import dev.facet.eval.retrieval.RetrievalSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Four pictures on the corners of a square, five captions, one of them misled. */
final class Sample {
  static final EvalSource SOURCE =
      new EvalSource("runs/a/checkpoints/last", "faces", "test", 900, "4f1d");
  static final Coverage COVERAGE =
      new Coverage(7, 4, new TreeMap<>(Map.of("missing", 2L, "no_caption", 1L)));

  private Sample() {}

  static Evaluation evaluation() {
    return Evaluation.of(retrieval(), List.of(), new Bootstrap(100, 0));
  }

  static Retrieval retrieval() {
    Embeddings images = new Embeddings(new float[] {1, 0, 0, 1, -1, 0, 0, -1}, 2);
    // The last caption belongs to image 3 but lies beside image 0.
    Embeddings captions =
        new Embeddings(new float[] {1, 0.1f, 0.1f, 1, -1, 0.1f, 0.1f, -1, 1, 0.2f}, 2);
    return Retrieval.rank(
        images,
        captions,
        new Pairing(new int[] {0, 1, 2, 3, 3}, new long[] {1, 2, 3, 4, 5}),
        RetrievalSettings.standard(1));
  }
}
