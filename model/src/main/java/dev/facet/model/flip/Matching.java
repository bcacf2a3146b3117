package dev.facet.model.flip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.facet.base.FacetException;
import dev.facet.model.DualEncoder;
import dev.facet.model.ops.FlipOps;
import dev.facet.model.ops.Ops;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * FLIP's second look: a picture and a caption read together, and the question whether they belong
 * together. Too dear for all pairs, it re-ranks the best by similarity (Li et al. 2021, "Align
 * before fuse", section 4).
 */
public final class Matching {
  /** The score of what was not looked at twice. */
  public static final float PASSED_OVER = -100;

  /** Pairs that are read at once. */
  private static final int PAIRS = 256;

  /**
   * Scores after the second look, {@value #PASSED_OVER} where there was none.
   *
   * @param imageToText one row per picture
   * @param textToImage one row per caption
   */
  public record Scores(float[][] imageToText, float[][] textToImage) {}

  /** Reads the chosen captions and pictures together, in pairs. */
  private interface Pairs {
    float[] scores(int row, long[] candidates);
  }

  private final Flip model;

  private Matching(Flip model) {
    this.model = model;
  }

  /** The matching head of a model; only FLIP has one. */
  public static Matching of(DualEncoder model) {
    if (model instanceof Flip flip) {
      return new Matching(flip);
    }
    throw FacetException.usage(
        "a "
            + model.config().type()
            + " model cannot read a picture and a caption together; re-ranking needs a flip"
            + " checkpoint");
  }

  /** Tokens of pictures, as captions attend to them: pixels [N, 3, S, S] to [N, P, W]. */
  public NDArray imageHidden(NDArray pixels) {
    return Ops.inference(() -> model.imageHidden(pixels, false));
  }

  /** Unit vectors [N, E] of the same pictures. */
  public NDArray imageFeatures(NDArray imageHidden) {
    return Ops.inference(() -> model.imageFeature(imageHidden, false));
  }

  /**
   * Logits of "no" and "yes" for each pair.
   *
   * @param imageHidden [N, P, W], see {@link #imageHidden}
   * @param ids [N, T] int64, row i read with picture i, as the tokenizer gives them; FLIP trains
   *     the head on captions that begin with [ENC] (see {@link #withEncoderToken}), but evaluates
   *     it on captions that begin with [CLS]
   * @return [N, 2]
   */
  public NDArray matchLogits(NDArray imageHidden, NDArray ids) {
    return Ops.inference(() -> model.matchLogits(imageHidden, ids, false));
  }

  /**
   * What the second look reads of pictures.
   *
   * @param numbers one picture after the other, {@code tokens} rows of {@code width} each
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Looked(float[] numbers, int tokens, int width) {}

  /** Of a loader's batch of pictures, as {@link DualEncoder#embedImages} takes it. */
  public Looked look(ByteBuffer images, ByteBuffer colour, int n) {
    try (NDManager scope = model.manager().newSubManager()) {
      NDArray hidden = imageHidden(Ops.inference(() -> model.pixels(scope, images, colour, n)));
      return new Looked(
          hidden.toFloatArray(), (int) hidden.getShape().get(1), (int) hidden.getShape().get(2));
    }
  }

  /**
   * The logit of "yes" of pairs: one picture beside several captions, one caption beside several
   * pictures, or as many of both.
   *
   * @param hidden direct memory, [pictures, tokens, width] float32
   * @param ids direct memory, [captions, contextLength] int64
   */
  public float[] yes(
      ByteBuffer hidden, int pictures, int tokens, int width, ByteBuffer ids, int captions) {
    int pairs = Math.max(pictures, captions);
    try (NDManager scope = model.manager().newSubManager()) {
      NDArray seen = scope.create(hidden, new Shape(pictures, tokens, width), DataType.FLOAT32);
      NDArray read = model.ids(scope, ids, captions);
      return yes(seen, places(pictures, pairs), read, places(captions, pairs));
    }
  }

  private static long[] places(int there, int pairs) {
    long[] places = new long[pairs];
    Arrays.setAll(places, i -> there == 1 ? 0 : i);
    return places;
  }

  /** The same captions with [ENC] as first token. */
  public NDArray withEncoderToken(NDArray ids) {
    return model.withEncoderToken(ids);
  }

  /**
   * Similarity plus the logit of "yes" for the {@code k} nearest of each row, as FLIP's evaluation
   * computes it (eval/pretrain_eval.py).
   *
   * @param imageHidden [N, P, W]
   * @param images unit vectors [N, E] of the same pictures
   * @param ids [M, T] int64
   * @param texts unit vectors [M, E] of the same captions
   * @param k candidates per row; all, if there are fewer
   */
  public Scores rerank(NDArray imageHidden, NDArray images, NDArray ids, NDArray texts, int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k is " + k);
    }
    int pictures = (int) images.getShape().get(0);
    int captions = (int) texts.getShape().get(0);
    float[] all;
    try (NDArray across = texts.transpose();
        NDArray similarities = Ops.inference(() -> images.matMul(across))) {
      all = similarities.toFloatArray();
    }
    float[][] toText = new float[pictures][captions];
    float[][] toImage = new float[captions][pictures];
    for (int picture = 0; picture < pictures; picture++) {
      for (int caption = 0; caption < captions; caption++) {
        toText[picture][caption] = all[picture * captions + caption];
        toImage[caption][picture] = all[picture * captions + caption];
      }
    }
    refine(
        toText, k, (row, candidates) -> yes(imageHidden, same(row, candidates), ids, candidates));
    refine(
        toImage, k, (row, candidates) -> yes(imageHidden, candidates, ids, same(row, candidates)));
    return new Scores(toText, toImage);
  }

  private static void refine(float[][] similarities, int k, Pairs pairs) {
    for (int row = 0; row < similarities.length; row++) {
      float[] own = similarities[row];
      long[] best =
          IntStream.range(0, own.length)
              .boxed()
              .sorted((a, b) -> Float.compare(own[b], own[a]))
              .limit(k)
              .mapToLong(Integer::longValue)
              .toArray();
      float[] scores = new float[own.length];
      Arrays.fill(scores, PASSED_OVER);
      for (int from = 0; from < best.length; from += PAIRS) {
        long[] some = Arrays.copyOfRange(best, from, Math.min(best.length, from + PAIRS));
        float[] logits = pairs.scores(row, some);
        for (int i = 0; i < some.length; i++) {
          scores[(int) some[i]] = own[(int) some[i]] + logits[i];
        }
      }
      similarities[row] = scores;
    }
  }

  private static long[] same(int row, long[] candidates) {
    long[] same = new long[candidates.length];
    Arrays.fill(same, row);
    return same;
  }

  private float[] yes(NDArray imageHidden, long[] pictures, NDArray ids, long[] captions) {
    try (NDManager scope = imageHidden.getManager().newSubManager()) {
      NDArray hidden = Ops.inference(() -> FlipOps.get().rows(scope, imageHidden, pictures));
      NDArray tokens = FlipOps.get().rows(scope, ids, captions);
      float[] both = matchLogits(hidden, tokens).toFloatArray();
      float[] yes = new float[captions.length];
      for (int i = 0; i < yes.length; i++) {
        yes[i] = both[2 * i + 1];
      }
      return yes;
    }
  }
}
