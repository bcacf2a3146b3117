package dev.facet.eval.retrieval;

import dev.facet.base.FacetException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Exact two-way retrieval over held-out pairs. The rank of a query is the 1-based position of its
 * best-placed positive among all candidates in order of falling dot product; recall@K is the share
 * of queries of rank at most K. This is the protocol of Karpathy and Fei-Fei, "Deep Visual-Semantic
 * Alignments" (CVPR 2015, image-sentence alignment), which CLIP and its successors report.
 */
public final class Retrieval {
  private final Embeddings images;
  private final Embeddings captions;
  private final Pairing pairing;
  private final Pairs pairs;
  private final Ranks imageToText;
  private final Ranks textToImage;
  private final RetrievalResult result;

  private Retrieval(
      Embeddings images,
      Embeddings captions,
      Pairing pairing,
      Pairs pairs,
      Ranks imageToText,
      Ranks textToImage,
      RetrievalResult result) {
    this.images = images;
    this.captions = captions;
    this.pairing = pairing;
    this.pairs = pairs;
    this.imageToText = imageToText;
    this.textToImage = textToImage;
    this.result = result;
  }

  /** The figures alone; see {@link #rank}. */
  public static RetrievalResult score(
      Embeddings images, Embeddings captions, Pairing pairing, RetrievalSettings settings) {
    return rank(images, captions, pairing, settings).result();
  }

  /** As the other, to its end. */
  public static Retrieval rank(
      Embeddings images, Embeddings captions, Pairing pairing, RetrievalSettings settings) {
    return rank(images, captions, pairing, settings, () -> false);
  }

  /**
   * Ranks every image among all captions and every caption among all images. Takes time
   * proportional to images x captions x dim and, beside the embeddings, a few MiB per thread.
   *
   * @param images one row per image, at least one
   * @param captions one row per caption, same dim
   * @param pairing the image of every caption; every image needs at least one
   * @param stop asked by several threads, every few seconds, whether to give up
   * @throws CancellationException if it was to give up
   * @throws FacetException where an embedding is not finite, there is nothing to score, or an image
   *     has no caption
   */
  public static Retrieval rank(
      Embeddings images,
      Embeddings captions,
      Pairing pairing,
      RetrievalSettings settings,
      BooleanSupplier stop) {
    if (images.dim() != captions.dim()) {
      throw new IllegalArgumentException(
          "images have dim " + images.dim() + ", captions " + captions.dim());
    }
    if (pairing.imageOfCaption().length != captions.rows()) {
      throw new IllegalArgumentException(
          captions.rows() + " captions, but " + pairing.imageOfCaption().length + " are paired");
    }
    if (images.rows() == 0 || captions.rows() == 0) {
      throw FacetException.run(
          "nothing to score: the evaluation set has "
              + images.rows()
              + " images and "
              + captions.rows()
              + " captions. Check its path and split.");
    }
    images.requireFinite("image");
    captions.requireFinite("caption");
    Pairs pairs = new Pairs(images.rows(), pairing, settings.duplicateAware());
    Ranks imageToText = ranks(images, captions, pairs::captionsFor, settings, stop);
    Ranks textToImage = ranks(captions, images, pairs::imagesFor, settings, stop);
    RetrievalResult result =
        new RetrievalResult(
            images.rows(),
            captions.rows(),
            pairing.repeatedImages(),
            pairing.repeatedCaptions(),
            pairs.identical(),
            settings,
            imageToText.summary(),
            textToImage.summary(),
            imageToText.chance(),
            textToImage.chance());
    return new Retrieval(images, captions, pairing, pairs, imageToText, textToImage, result);
  }

  /**
   * The same embeddings under the other convention for identical captions. Where no caption is
   * shared both are the same, and nothing is ranked again.
   */
  public Retrieval otherwise() {
    return pairs.identical() == 0
        ? this
        : rank(images, captions, pairing, result.settings().otherwise());
  }

  /** The image of every caption; a copy. */
  public int[] imageOfCaption() {
    return pairing.imageOfCaption().clone();
  }

  /** Counts, recall, median and mean rank, both directions. */
  public RetrievalResult result() {
    return result;
  }

  /** By image: the rank of its best-placed caption. */
  public Ranks imageToText() {
    return imageToText;
  }

  /** By caption: the rank of its best-placed image. */
  public Ranks textToImage() {
    return textToImage;
  }

  /**
   * The pictures that a caption finds first, best first, equal scores by index.
   *
   * @param caption the caption's row
   * @param count how many at most
   */
  public List<Hit> nearestImages(int caption, int count) {
    int[] best = new int[Math.min(count, images.rows())];
    float[] score = new float[best.length];
    int filled = 0;
    for (int image = 0; image < images.rows(); image++) {
      float s = Embeddings.dot(captions, caption, images, image);
      int place = filled;
      while (place > 0 && score[place - 1] < s) {
        place--;
      }
      if (place < best.length) {
        filled = Math.min(filled + 1, best.length);
        System.arraycopy(best, place, best, place + 1, filled - place - 1);
        System.arraycopy(score, place, score, place + 1, filled - place - 1);
        best[place] = image;
        score[place] = s;
      }
    }
    Set<Integer> right = rightImages(caption);
    List<Hit> hits = new ArrayList<>();
    for (int i = 0; i < filled; i++) {
      hits.add(new Hit(best[i], score[i], right.contains(best[i])));
    }
    return hits;
  }

  /** The right picture that a caption finds first; of equal scores the first by index. */
  public Hit bestRightImage(int caption) {
    Hit best = null;
    for (int image : rightImages(caption)) {
      float score = Embeddings.dot(captions, caption, images, image);
      if (best == null || score > best.score()) {
        best = new Hit(image, score, true);
      }
    }
    return Objects.requireNonNull(best, "every caption has a picture");
  }

  private NavigableSet<Integer> rightImages(int caption) {
    NavigableSet<Integer> right = new TreeSet<>();
    pairs.imagesFor(caption, right::add);
    return right;
  }

  private static Ranks ranks(
      Embeddings queries,
      Embeddings candidates,
      RankCounter.Positives positives,
      RetrievalSettings settings,
      BooleanSupplier stop) {
    double[] rank = new double[queries.rows()];
    double[] precision = new double[queries.rows()];
    int[] count = new int[queries.rows()];
    Blocks.run(
        queries.rows(),
        RankCounter.BLOCK,
        settings.threads(),
        stop,
        () -> new RankCounter(queries, candidates, positives, settings, rank, precision, count));
    return new Ranks(rank, precision, count, candidates.rows());
  }
}
