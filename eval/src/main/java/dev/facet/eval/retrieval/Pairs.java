package dev.facet.eval.retrieval;

import dev.facet.base.FacetException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Which candidates are right answers. Nothing is stored per positive pair: a text repeated n times
 * would make n squared of them.
 */
final class Pairs {
  private final int[] imageOfCaption;
  private final int[] textOfCaption;
  private final Groups captionsOfImage;
  private final Groups captionsOfText;
  private final BitSet shared;

  /**
   * @param pairing names images in [0, images)
   */
  Pairs(int images, Pairing pairing, boolean duplicateAware) {
    imageOfCaption = pairing.imageOfCaption();
    for (int caption = 0; caption < imageOfCaption.length; caption++) {
      if (imageOfCaption[caption] < 0 || imageOfCaption[caption] >= images) {
        throw new IllegalArgumentException(
            "caption " + caption + " names image " + imageOfCaption[caption] + " of " + images);
      }
    }
    captionsOfImage = new Groups(imageOfCaption, images);
    for (int image = 0; image < images; image++) {
      if (captionsOfImage.size(image) == 0) {
        throw FacetException.run(
            "image "
                + image
                + " of the evaluation set has no caption, so no rank: leave it out of the set or"
                + " give it one");
      }
    }

    long[] captionIds = pairing.captionIds();
    int[] text = new int[captionIds.length];
    Map<Long, Integer> seen = new HashMap<>();
    for (int caption = 0; caption < text.length; caption++) {
      Integer known = seen.putIfAbsent(captionIds[caption], seen.size());
      text[caption] = known == null ? seen.size() - 1 : known;
    }
    Groups byText = new Groups(text, seen.size());
    shared = new BitSet(text.length);
    for (int caption = 0; caption < text.length; caption++) {
      shared.set(caption, byText.size(text[caption]) > 1);
    }
    if (!duplicateAware) {
      for (int caption = 0; caption < text.length; caption++) {
        text[caption] = caption;
      }
    }
    textOfCaption = text;
    captionsOfText = duplicateAware ? byText : new Groups(text, text.length);
  }

  /** How many captions a model cannot tell from another one. */
  int identical() {
    return shared.cardinality();
  }

  /** Whether a model cannot tell a caption from another one. */
  boolean isShared(int caption) {
    return shared.get(caption);
  }

  /** Whether one of an image's captions is such. */
  boolean sharesCaption(int image) {
    for (int i = captionsOfImage.from(image); i < captionsOfImage.to(image); i++) {
      if (shared.get(captionsOfImage.at(i))) {
        return true;
      }
    }
    return false;
  }

  /** Visits the captions right for an image, some more than once. */
  void captionsFor(int image, IntConsumer visitor) {
    for (int i = captionsOfImage.from(image); i < captionsOfImage.to(image); i++) {
      int text = textOfCaption[captionsOfImage.at(i)];
      for (int j = captionsOfText.from(text); j < captionsOfText.to(text); j++) {
        visitor.accept(captionsOfText.at(j));
      }
    }
  }

  /** Visits the images right for a caption, some more than once. */
  void imagesFor(int caption, IntConsumer visitor) {
    int text = textOfCaption[caption];
    for (int j = captionsOfText.from(text); j < captionsOfText.to(text); j++) {
      visitor.accept(imageOfCaption[captionsOfText.at(j)]);
    }
  }
}
