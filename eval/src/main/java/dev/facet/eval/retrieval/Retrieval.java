package dev.facet.eval.retrieval;

import dev.facet.base.FacetException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

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

  /** In which the first of each query stand, and what they stood in before; null for neither. */
  private final @Nullable SecondOrder order;

  private final @Nullable Retrieval bySimilarity;

  private Retrieval(
      Embeddings images,
      Embeddings captions,
      Pairing pairing,
      Pairs pairs,
      Ranks imageToText,
      Ranks textToImage,
      RetrievalResult result,
      @Nullable SecondOrder order,
      @Nullable Retrieval bySimilarity) {
    this.images = images;
    this.captions = captions;
    this.pairing = pairing;
    this.pairs = pairs;
    this.imageToText = imageToText;
    this.textToImage = textToImage;
    this.result = result;
    this.order = order;
    this.bySimilarity = bySimilarity;
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
    return new Retrieval(
        images, captions, pairing, pairs, imageToText, textToImage, result, null, null);
  }

  /**
   * Orders the first {@code depth} candidates of every query anew, by similarity plus what a second
   * look gives; the others stay behind them as they are. The protocol of ALBEF, BLIP and FLIP (Li
   * et al. 2021, "Align before fuse", section 4; FLIP's eval/pretrain_eval.py, where what is not
   * looked at again scores -100 and so stands last too).
   *
   * @param progress told how many queries are done
   */
  public Retrieval reordered(int depth, SecondLook look, LongConsumer progress) {
    int[][] toText = new int[images.rows()][];
    int[][] toImage = new int[captions.rows()][];
    for (int image = 0; image < toText.length; image++) {
      Nearest nearest = Nearest.of(images, image, captions, depth);
      float[] looks = look.atCaptions(image, nearest.candidates());
      toText[image] = SecondOrder.sorted(nearest.candidates(), nearest.scores(), looks);
      progress.accept(image + 1L);
    }
    for (int caption = 0; caption < toImage.length; caption++) {
      Nearest nearest = Nearest.of(captions, caption, images, depth);
      float[] looks = look.atImages(caption, nearest.candidates());
      toImage[caption] = SecondOrder.sorted(nearest.candidates(), nearest.scores(), looks);
      progress.accept((long) toText.length + caption + 1);
    }
    return in(new SecondOrder(depth, toText, toImage));
  }

  private Retrieval in(SecondOrder newOrder) {
    int at = result.settings().depth();
    Ranks toText = SecondOrder.ranks(newOrder.captions(), imageToText, pairs::captionsFor, at);
    Ranks toImage = SecondOrder.ranks(newOrder.images(), textToImage, pairs::imagesFor, at);
    RetrievalResult reordered =
        new RetrievalResult(
            result.images(),
            result.captions(),
            result.repeatedImages(),
            result.repeatedCaptions(),
            result.identicalCaptions(),
            result.settings(),
            toText.summary(),
            toImage.summary(),
            result.imageToTextChance(),
            result.textToImageChance());
    return new Retrieval(
        images, captions, pairing, pairs, toText, toImage, reordered, newOrder, this);
  }

  /** The same by similarity alone; null if a second look changed nothing. */
  public @Nullable Retrieval bySimilarity() {
    return bySimilarity;
  }

  /** How many of each query were looked at again; 0 for none. */
  public int reorderedFirst() {
    return order == null ? 0 : order.depth();
  }

  /**
   * The same embeddings under the other convention for identical captions. Where no caption is
   * shared both are the same, and nothing is ranked again.
   */
  public Retrieval otherwise() {
    if (pairs.identical() == 0) {
      return this;
    }
    Retrieval other = rank(images, captions, pairing, result.settings().otherwise());
    return order == null ? other : other.in(order);
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
    Nearest nearest = Nearest.of(captions, caption, images, count);
    Set<Integer> right = rightImages(caption);
    List<Hit> hits = new ArrayList<>();
    for (int i = 0; i < nearest.candidates().length; i++) {
      int image = nearest.candidates()[i];
      hits.add(new Hit(image, nearest.scores()[i], right.contains(image)));
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

  /**
   * Scores of some captions and some pictures, both spread evenly over the set, beside those of the
   * captions and the pictures they belong to.
   *
   * @param most scores of either kind, at least one
   */
  public Similarities similarities(int most) {
    int side = (int) Math.max(1, Math.floor(Math.sqrt(most)));
    int[] rows = spread(captions.rows(), Math.min(most, captions.rows()));
    float[] right = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      right[i] =
          Embeddings.dot(captions, rows[i], images, pairing.imageOfCaption()[rows[i]]);
    }
    int[] some = spread(images.rows(), Math.min(side, images.rows()));
    FloatBuffer wrong = FloatBuffer.allocate(some.length * Math.min(side, captions.rows()));
    for (int caption : spread(captions.rows(), Math.min(side, captions.rows()))) {
      Set<Integer> answers = rightImages(caption);
      for (int image : some) {
        if (!answers.contains(image)) {
          wrong.put(Embeddings.dot(captions, caption, images, image));
        }
      }
    }
    return new Similarities(right, Arrays.copyOf(wrong.array(), wrong.position()));
  }

  private static int[] spread(int rows, int count) {
    int[] some = new int[count];
    for (int i = 0; i < count; i++) {
      some[i] = (int) ((long) i * rows / count);
    }
    return some;
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
