package dev.facet.eval.report;

import dev.facet.eval.retrieval.Hit;
import dev.facet.eval.retrieval.Retrieval;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** Picks captions to look at. Good and bad ones as they fall: a gallery of the best would lie. */
public final class Gallery {
  /** Pictures per caption. */
  static final int SHOTS = 5;

  private Gallery() {}

  /**
   * One caption from each of {@code count} equal parts of the set, the same ones for the same seed
   * and set size, so that galleries of two checkpoints can be compared.
   *
   * @param captionText the text of a caption row
   * @param thumbnail a small JPEG of an image row; called up to six times per caption
   * @param count how many captions, at most
   */
  public static List<GalleryEntry> pick(
      Retrieval retrieval,
      IntFunction<String> captionText,
      IntFunction<byte[]> thumbnail,
      int count,
      long seed) {
    List<GalleryEntry> entries = new ArrayList<>();
    for (int caption : spread(retrieval.result().captions(), count, seed)) {
      List<Hit> found = retrieval.nearestImages(caption, SHOTS);
      boolean hasRight = found.stream().anyMatch(Hit::right);
      entries.add(
          new GalleryEntry(
              captionText.apply(caption),
              retrieval.textToImage().of(caption),
              found.stream().map(hit -> picture(hit, thumbnail)).toList(),
              hasRight ? null : picture(retrieval.bestRightImage(caption), thumbnail)));
    }
    return entries;
  }

  private static FoundPicture picture(Hit hit, IntFunction<byte[]> thumbnail) {
    return new FoundPicture(thumbnail.apply(hit.image()), hit.score(), hit.right());
  }

  static int[] spread(int captions, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int parts = Math.min(captions, count);
    int[] chosen = new int[parts];
    for (int part = 0; part < parts; part++) {
      long from = (long) captions * part / parts;
      long to = (long) captions * (part + 1) / parts;
      chosen[part] = (int) random.nextLong(from, to);
    }
    return chosen;
  }
}
