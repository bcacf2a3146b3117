package dev.facet.eval.zeroshot;

import dev.facet.base.FacetException;
import dev.facet.eval.HeldOut;
import dev.facet.eval.PendingTokens;
import dev.facet.eval.VectorBlock;
import dev.facet.eval.retrieval.Embeddings;
import dev.facet.model.DualEncoder;
import dev.facet.model.text.CaptionTokenizer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The vector of each class of each attribute: the mean of the unit vectors of its prompts, made a
 * unit vector again (prompt ensembles in the space of embeddings: Radford et al., Learning
 * Transferable Visual Models From Natural Language Supervision, 2021, 3.1.4, and their notebook).
 *
 * @param vectors by attribute and class
 */
record PromptVectors(List<List<double[]>> vectors) {
  /** Stored captions that are encoded anew. */
  private static final int COMPARED = 8;

  /** Cosine of two vectors of a text by one model, float16 and bfloat16 allowed for. */
  private static final double SAME = 0.999;

  /**
   * Encodes prompts.
   *
   * @param batch prompts that go through the model at once
   * @throws FacetException if the model cannot tell two classes of an attribute apart
   */
  static PromptVectors of(
      PromptSet prompts, DualEncoder model, CaptionTokenizer tokenizer, int batch) {
    Map<String, Integer> numbers = new TreeMap<>();
    List<String> texts = new ArrayList<>();
    for (Attribute attribute : prompts.attributes()) {
      for (PromptClass each : attribute.classes()) {
        for (String prompt : each.prompts()) {
          if (numbers.putIfAbsent(prompt, texts.size()) == null) {
            texts.add(prompt);
          }
        }
      }
    }
    Embeddings encoded = encode(texts, model, tokenizer, batch);
    List<List<double[]>> vectors = new ArrayList<>();
    for (Attribute attribute : prompts.attributes()) {
      List<double[]> ofClass = new ArrayList<>();
      for (PromptClass each : attribute.classes()) {
        int[] rows = each.prompts().stream().mapToInt(numbers::get).toArray();
        double[] mean = mean(encoded, rows);
        if (ofClass.stream().anyMatch(other -> Arrays.equals(other, mean))) {
          throw FacetException.usage(
              ("%s: the prompts of two classes of %s are the same to this model, %s among them: word"
                      + " them otherwise, or shorter (it reads %s tokens)")
                  .formatted(
                      prompts.name(), attribute.name(), each.name(), tokenizer.contextLength()));
        }
        ofClass.add(mean);
      }
      vectors.add(ofClass);
    }
    return new PromptVectors(vectors);
  }

  /**
   * Refuses a model that did not make the vectors of captions, by encoding some of them anew.
   *
   * @throws FacetException if they come out otherwise
   */
  static void requireMaker(HeldOut heldOut, DualEncoder model, CaptionTokenizer tokenizer) {
    List<String> texts = heldOut.texts().stream().limit(COMPARED).toList();
    int width = heldOut.images().dim();
    boolean same = width == model.config().embedDim();
    if (same && !texts.isEmpty()) {
      Embeddings anew = encode(texts, model, tokenizer, texts.size());
      double[] one = new double[width];
      double[] other = new double[width];
      for (int i = 0; i < texts.size(); i++) {
        heldOut.captions().copy(i, one);
        anew.copy(i, other);
        same &= dot(one, other) >= SAME * length(one) * length(other);
      }
    }
    if (!same) {
      throw FacetException.usage(
          "the stored vectors were not made by this model: it gives their captions other ones; name"
              + " the one that \"facet embed\" used, with its settings");
    }
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[] mean(Embeddings encoded, int[] rows) {
    double[] mean = new double[encoded.dim()];
    double[] one = new double[encoded.dim()];
    for (int row : rows) {
      encoded.copy(row, one);
      double length = length(one);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += one[i] / length;
      }
    }
    double length = length(mean);
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= length;
    }
    return mean;
  }

  private static double length(double[] vector) {
    return Math.sqrt(dot(vector, vector));
  }

  private static Embeddings encode(
      List<String> texts, DualEncoder model, CaptionTokenizer tokenizer, int batch) {
    int length = tokenizer.contextLength();
    PendingTokens pending = new PendingTokens(batch, length);
    VectorBlock vectors = new VectorBlock(model.config().embedDim());
    LongBuffer ids = LongBuffer.allocate(Math.multiplyExact(texts.size(), length));
    tokenizer.encode(texts, ids);
    for (int i = 0; i < texts.size(); i++) {
      pending.add(ids, i * length);
      if (pending.isFull() || i + 1 == texts.size()) {
        int count = pending.count();
        vectors.add(model.embedTexts(pending.take(), count));
      }
    }
    return new Embeddings(vectors.toArray(), model.config().embedDim());
  }
}
