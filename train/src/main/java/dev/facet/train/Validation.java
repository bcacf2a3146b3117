package dev.facet.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.facet.eval.HeldOut;
import dev.facet.eval.log.HeldOutLoss;
import dev.facet.eval.retrieval.RetrievalResult;
import dev.facet.model.DualEncoder;
import dev.facet.model.training.Contrastive;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What an evaluation found.
 *
 * @param result of ranking
 * @param loss of the same pairs
 */
public record Validation(RetrievalResult result, HeldOutLoss loss) {

  /**
   * Of a held-out set that is embedded and ranked. The loss is the contrastive one of training,
   * with its treatment of duplicates and its label smoothing, and without a teacher: the mean over
   * batches of as many pairs as training has, or of all where there are fewer. A pair is a picture
   * and its first caption, in the order of the data; what is left over of a last batch does not
   * count.
   */
  public static Validation of(
      DualEncoder model, TrainSettings settings, HeldOut heldOut, RetrievalResult result) {
    int[] captions = firstCaptions(heldOut);
    int batch = Math.min(settings.batch(), captions.length);
    Contrastive objective = model.contrastive(settings.loss(), null);
    double sum = 0;
    int batches = batch < 2 ? 0 : captions.length / batch;
    for (int i = 0; i < batches; i++) {
      int[] images = IntStream.range(i * batch, (i + 1) * batch).toArray();
      int[] texts = Arrays.copyOfRange(captions, i * batch, (i + 1) * batch);
      sum += loss(model, objective, settings, heldOut, images, texts);
    }
    return new Validation(
        result, new HeldOutLoss(batches == 0 ? Double.NaN : sum / batches, batch));
  }

  private static double loss(
      DualEncoder model,
      Contrastive objective,
      TrainSettings settings,
      HeldOut heldOut,
      int[] images,
      int[] texts) {
    int ids = settings.maskIdenticalCaptions() ? 2 : 1;
    long[] pairs = new long[images.length * ids];
    for (int i = 0; i < images.length; i++) {
      pairs[i * ids] = heldOut.pictures()[images[i]];
      if (ids == 2) {
        pairs[i * ids + 1] = heldOut.pairing().captionIds()[texts[i]];
      }
    }
    Shape shape = new Shape(images.length, heldOut.images().dim());
    try (NDManager scope = model.manager().newSubManager()) {
      NDArray pictures = scope.create(heldOut.images().copyOf(images), shape);
      NDArray captions = scope.create(heldOut.captions().copyOf(texts), shape);
      return objective.value(
          pictures, captions, scope.create(pairs, new Shape(images.length, ids)));
    }
  }

  /** Of each picture. */
  private static int[] firstCaptions(HeldOut heldOut) {
    int[] first = new int[heldOut.images().rows()];
    Arrays.fill(first, -1);
    int[] imageOf = heldOut.pairing().imageOfCaption();
    for (int caption = imageOf.length - 1; caption >= 0; caption--) {
      first[imageOf[caption]] = caption;
    }
    return first;
  }
}
