package dev.facet.loader.data;

import dev.facet.base.FixedOnResume;
import dev.facet.base.Range;
import dev.facet.base.SampleRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which part of a caption training sees. Captions of several sentences may be longer than a model
 * reads, and each of them describes the picture by itself (Zheng et al. 2024, "DreamLIP", section
 * 3.2, draws sentences of long captions).
 *
 * @param captionSampling how sentences are drawn
 * @param captionSentences how many of {@link Sampling#SENTENCES} and {@link Sampling#FIRST}
 */
public record CaptionSettings(
    @FixedOnResume Sampling captionSampling,
    @FixedOnResume @Range(min = 1, max = 100) int captionSentences) {

  /** All of it. */
  public static final CaptionSettings WHOLE = new CaptionSettings(Sampling.WHOLE, 3);

  /** How sentences are drawn. */
  public enum Sampling {
    /** All of them. */
    WHOLE,
    /** One. */
    SENTENCE,
    /** Several, in their order. */
    SENTENCES,
    /** The first one, and others up to as many, in their order. */
    FIRST
  }

  /**
   * The part of a caption that is seen.
   *
   * @param random of the sample, for this alone
   */
  public String part(String caption, SampleRandom random) {
    if (captionSampling == Sampling.WHOLE) {
      return caption;
    }
    List<String> sentences = Sentences.of(caption);
    int wanted = captionSampling == Sampling.SENTENCE ? 1 : captionSentences;
    if (sentences.size() <= wanted) {
      return caption;
    }
    int kept = captionSampling == Sampling.FIRST ? 1 : 0;
    int[] places = draw(sentences.size(), wanted, kept, random);
    List<String> drawn = new ArrayList<>();
    for (int place : places) {
      drawn.add(sentences.get(place));
    }
    return String.join(" ", drawn);
  }

  /** Some of the numbers below {@code count}, the first {@code kept} among them; ascending. */
  private static int[] draw(int count, int wanted, int kept, SampleRandom random) {
    int[] places = new int[count];
    for (int i = 0; i < count; i++) {
      places[i] = i;
    }
    for (int i = kept; i < wanted; i++) {
      int other = i + random.nextInt(count - i);
      int place = places[other];
      places[other] = places[i];
      places[i] = place;
    }
    int[] drawn = Arrays.copyOf(places, wanted);
    Arrays.sort(drawn);
    return drawn;
  }
}
