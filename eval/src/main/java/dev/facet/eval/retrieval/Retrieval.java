package dev.facet.eval.retrieval;

import dev.facet.base.FacetException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Exact two-way retrieval over held-out pairs. The rank of a query is the 1-based position of its
 * best-placed positive among all candidates in order of falling dot product; recall@K is the share
 * of queries of rank at most K. This is the protocol of Karpathy and Fei-Fei, "Deep Visual-Semantic
 * Alignments" (CVPR 2015, image-sentence alignment), which CLIP and its successors report.
 */
public final class Retrieval {
  private final Ranking ranking;
  private final Ranks imageToText;
  private final Ranks textToImage;
  private final RetrievalResult result;

  /** In which the first of each query stand, and what they stood in before; null for neither. */
  private final @Nullable SecondOrder order;

  private final @Nullable Retrieval bySimilarity;
  private final Retrieval otherwise;

  private Retrieval(Ranking ranking, @Nullable Retrieval other) {
    this.ranking = ranking;
    this.imageToText = ranking.imageToText(other == null ? null : other.imageToText);
    this.textToImage = ranking.textToImage(other == null ? null : other.textToImage);
    this.result = result(ranking, imageToText, textToImage);
    this.order = null;
    this.bySimilarity = null;
    // Where no caption is shared both conventions are the same.
    this.otherwise =
        other != null
            ? other
            : ranking.pairs().identical() == 0 ? this : new Retrieval(ranking.otherwise(), this);
  }

  /** In another order. */
  private Retrieval(Retrieval before, SecondOrder order, @Nullable Retrieval other) {
    int at = before.result.settings().depth();
    Pairs pairs = before.ranking.pairs();
    this.ranking = before.ranking;
    this.imageToText =
        SecondOrder.ranks(order.captions(), before.imageToText, pairs::captionsFor, at);
    this.textToImage = SecondOrder.ranks(order.images(), before.textToImage, pairs::imagesFor, at);
    this.result = result(ranking, imageToText, textToImage);
    this.order = order;
    this.bySimilarity = before;
    this.otherwise =
        other != null
            ? other
            : before.otherwise == before ? this : new Retrieval(before.otherwise, order, this);
  }

  /** The figures alone; see {@link #rank}. */
  public static RetrievalResult score(
      Embeddings images, Embeddings captions, Pairing pairing, RetrievalSettings settings) {
    return rank(images, captions, pairing, settings).result();
  }

  /** As the other, to its end. */
  public static Retrieval rank(
      Embeddings images, Embeddings captions, Pairing pairing, RetrievalSettings settings) {
    return rank(images, captions, pairing, settings, RankingWork.plain());
  }

  /**
   * Ranks every image among all captions and every caption among all images, under both conventions
   * for identical captions. Takes time proportional to images x captions x dim and, beside the
   * embeddings, a few MiB per thread.
   *
   * @param images one row per image, at least one
   * @param captions one row per caption, same dim
   * @param pairing the image of every caption; every image needs at least one
   * @throws CancellationException if it was to give up
   * @throws FacetException where an embedding is not finite, there is nothing to score, or an image
   *     has no caption
   */
  public static Retrieval rank(
      Embeddings images,
      Embeddings captions,
      Pairing pairing,
      RetrievalSettings settings,
      RankingWork work) {
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
    return new Retrieval(new Ranking(images, captions, pairing, settings, work), null);
  }

  /** How many queries {@link #rank} ranks: those that a convention changes twice. */
  public static long queries(int images, Pairing pairing) {
    Pairs pairs = new Pairs(images, pairing, true);
    return (long) images
        + pairing.imageOfCaption().length
        + IntStream.range(0, images).filter(pairs::sharesCaption).count()
        + pairs.identical();
  }

  private static RetrievalResult result(Ranking ranking, Ranks imageToText, Ranks textToImage) {
    Pairing pairing = ranking.pairing();
    return new RetrievalResult(
        ranking.images().rows(),
        ranking.captions().rows(),
        pairing.repeatedImages(),
        pairing.repeatedCaptions(),
        ranking.pairs().identical(),
        ranking.settings(),
        imageToText.summary(),
        textToImage.summary(),
        imageToText.chance(),
        textToImage.chance());
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
    Embeddings images = ranking.images();
    Embeddings captions = ranking.captions();
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
    return new Retrieval(this, new SecondOrder(depth, toText, toImage), null);
  }

  /** The same by similarity alone; null if a second look changed nothing. */
  public @Nullable Retrieval bySimilarity() {
    return bySimilarity;
  }

  /** How many of each query were looked at again; 0 for none. */
  public int reorderedFirst() {
    return order == null ? 0 : order.depth();
  }

  /** The same embeddings, in the same order, under the other convention for identical captions. */
  public Retrieval otherwise() {
    return otherwise;
  }

  /** The image of every caption; a copy. */
  public int[] imageOfCaption() {
    return ranking.pairing().imageOfCaption().clone();
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
    Nearest nearest = Nearest.of(ranking.captions(), caption, ranking.images(), count);
    Set<Integer> right = rightImages(caption);
    List<Hit> hits = new ArrayList<>();
    for (int i = 0; i < nearest.candidates().length; i++) {
      int image = nearest.candidates()[i];
      hits.add(new Hit(image, (float) nearest.scores()[i], right.contains(image)));
    }
    return hits;
  }

  /** The right picture that a caption finds first; of equal scores the first by index. */
  public Hit bestRightImage(int caption) {
    BestPositive best =
        new BestPositive(
            new ExactScores(ranking.captions(), ranking.images()), ranking.images().rows());
    best.start(caption);
    ranking.pairs().imagesFor(caption, best);
    return new Hit(best.first(), (float) best.score(), true);
  }

  /**
   * Scores of some captions and some pictures, both spread evenly over the set, beside those of the
   * captions and the pictures they belong to.
   *
   * @param most scores of either kind, at least one
   */
  public Similarities similarities(int most) {
    Embeddings images = ranking.images();
    Embeddings captions = ranking.captions();
    int[] imageOf = ranking.pairing().imageOfCaption();
    ExactScores scores = new ExactScores(captions, images);
    int side = (int) Math.max(1, Math.floor(Math.sqrt(most)));
    int[] rows = spread(captions.rows(), Math.min(most, captions.rows()));
    float[] right = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      right[i] = (float) scores.of(rows[i], imageOf[rows[i]]);
    }
    int[] some = spread(images.rows(), Math.min(side, images.rows()));
    FloatBuffer wrong = FloatBuffer.allocate(some.length * Math.min(side, captions.rows()));
    for (int caption : spread(captions.rows(), Math.min(side, captions.rows()))) {
      Set<Integer> answers = rightImages(caption);
      for (int image : some) {
        if (!answers.contains(image)) {
          wrong.put((float) scores.of(caption, image));
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
    ranking.pairs().imagesFor(caption, right::add);
    return right;
  }
}
