package dev.facet.eval.measure;

import dev.facet.base.FacetException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Two evaluations of the same pairs: what differs, and how sure that is. Pictures are drawn for
 * both at once, so that what makes a picture hard for both does not blur the difference (paired
 * bootstrap, Efron and Tibshirani, An Introduction to the Bootstrap, 1993).
 *
 * @param images how many pictures both are about
 * @param imageToText differences by figure, a picture as the query
 * @param textToImage differences by figure, a caption as the query
 * @param rsum the difference of R-sum
 * @param better captions that find their picture earlier in the second
 * @param worse captions that find it later
 * @param moved those with the largest change of 1 / rank, either way, the largest first
 */
public record Comparison(
    int images,
    SequencedMap<String, Difference> imageToText,
    SequencedMap<String, Difference> textToImage,
    Difference rsum,
    long better,
    long worse,
    List<Moved> moved) {

  /**
   * Compares.
   *
   * @param more K of recall@K besides 1, 5 and 10
   * @param depth K of mAP@K
   * @param examples how many captions to name at most
   * @throws FacetException if they are not about the same pairs
   */
  public static Comparison of(
      List<RankedPicture> before,
      List<RankedPicture> after,
      Collection<Integer> more,
      int depth,
      Bootstrap bootstrap,
      int examples) {
    List<RankedPicture> first = ordered(before);
    List<RankedPicture> second = ordered(after);
    requireSame(first, second);
    AllFigures old = new AllFigures(Outcomes.of(first), more, depth);
    AllFigures now = new AllFigures(Outcomes.of(second), more, depth);
    int images = first.size();
    double[] were = old.of(Bootstrap.once(images));
    double[] are = now.of(Bootstrap.once(images));
    List<double[]> samples =
        bootstrap.samples(times -> minus(now.of(times), old.of(times)), images);
    List<Difference> differences = new ArrayList<>();
    for (int i = 0; i < were.length; i++) {
      double[] sorted = samples.get(i);
      differences.add(new Difference(were[i], are[i], Bootstrap.interval(sorted), p(sorted)));
    }
    List<Moved> moved = moved(first, second);
    int names = old.names().size();
    return new Comparison(
        images,
        named(old.names(), differences),
        named(old.names(), differences.subList(names, 2 * names)),
        differences.getLast(),
        moved.stream().filter(each -> each.after() < each.before()).count(),
        moved.stream().filter(each -> each.after() > each.before()).count(),
        moved.stream()
            .filter(each -> each.after() != each.before())
            .sorted(Comparator.comparingDouble(each -> -Math.abs(gain(each))))
            .limit(examples)
            .toList());
  }

  private static double gain(Moved moved) {
    return 1 / moved.after() - 1 / moved.before();
  }

  private static double[] minus(double[] from, double[] what) {
    double[] difference = new double[from.length];
    for (int i = 0; i < difference.length; i++) {
      difference[i] = from[i] - what[i];
    }
    return difference;
  }

  private static double p(double[] sorted) {
    long below = 0;
    long above = 0;
    for (double each : sorted) {
      below += each <= 0 ? 1 : 0;
      above += each >= 0 ? 1 : 0;
    }
    return Math.min(1, 2.0 * (Math.min(below, above) + 1) / (sorted.length + 1));
  }

  private static SequencedMap<String, Difference> named(
      List<String> names, List<Difference> differences) {
    SequencedMap<String, Difference> named = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      named.put(names.get(i), differences.get(i));
    }
    return named;
  }

  /** By picture, and captions by text: evaluations may have read them in any order. */
  private static List<RankedPicture> ordered(List<RankedPicture> pictures) {
    return pictures.stream()
        .map(
            each ->
                new RankedPicture(
                    each.picture(),
                    each.row(),
                    each.rank(),
                    each.precision(),
                    each.captions().stream()
                        .sorted(Comparator.comparing(RankedCaption::caption))
                        .toList()))
        .sorted(Comparator.comparing(RankedPicture::picture))
        .toList();
  }

  private static void requireSame(List<RankedPicture> first, List<RankedPicture> second) {
    Map<String, List<String>> left = new HashMap<>();
    first.forEach(each -> left.put(each.picture(), captions(each)));
    long missing = 0;
    long otherwise = 0;
    for (RankedPicture each : second) {
      List<String> captions = left.remove(each.picture());
      missing += captions == null ? 1 : 0;
      otherwise += captions != null && !captions.equals(captions(each)) ? 1 : 0;
    }
    if (missing + otherwise + left.size() > 0) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "they are about different pairs: %,d pictures of the first are not in the second, %,d"
                  + " the other way round, and %,d have other captions; evaluate both on the same"
                  + " data and split, with the same settings of data",
              left.size(),
              missing,
              otherwise));
    }
  }

  private static List<String> captions(RankedPicture picture) {
    return picture.captions().stream().map(RankedCaption::caption).toList();
  }

  private static List<Moved> moved(List<RankedPicture> first, List<RankedPicture> second) {
    List<Moved> moved = new ArrayList<>();
    for (int image = 0; image < first.size(); image++) {
      RankedPicture picture = first.get(image);
      for (int i = 0; i < picture.captions().size(); i++) {
        RankedCaption was = picture.captions().get(i);
        double is = second.get(image).captions().get(i).rank();
        moved.add(new Moved(picture.picture(), picture.row(), was.caption(), was.rank(), is));
      }
    }
    return moved;
  }
}
