package dev.facet.eval.measure;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The figures of both directions and their R-sum, of any sample of pictures. */
final class AllFigures implements Bootstrap.Sampled {
  static final List<Integer> USUAL = List.of(1, 5, 10);

  private final DirectionFigures imageToText;
  private final DirectionFigures textToImage;

  /**
   * @param more K of recall@K besides 1, 5 and 10
   * @param depth K of mAP@K
   */
  AllFigures(Outcomes outcomes, Collection<Integer> more, int depth) {
    SortedSet<Integer> recallAt = new TreeSet<>(USUAL);
    recallAt.addAll(more);
    int images = outcomes.imageCount();
    this.imageToText = new DirectionFigures(outcomes.images(), images, recallAt, depth);
    this.textToImage = new DirectionFigures(outcomes.captions(), images, recallAt, depth);
  }

  /** The names of the figures of one direction. */
  List<String> names() {
    return imageToText.names();
  }

  /** Those of pictures as queries, those of captions as queries, R-sum. */
  @Override
  public double[] of(int[] times) {
    double[] first = imageToText.of(times);
    double[] second = textToImage.of(times);
    double[] all = new double[first.length + second.length + 1];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    double sum = 0;
    for (int k : USUAL) {
      int at = names().indexOf(DirectionFigures.RECALL + k);
      sum += 100 * (first[at] + second[at]);
    }
    all[all.length - 1] = sum;
    return all;
  }
}
