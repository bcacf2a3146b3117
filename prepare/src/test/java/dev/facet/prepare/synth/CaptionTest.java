package dev.facet.prepare.synth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CaptionTest {
  private static final int FACES = 2000;

  @Test
  void everyCaptionIsOneCleanSentence() {
    forEachCaption(
        (face, caption) ->
            assertThat(caption)
                .matches("[A-Z][a-z ,-]+[a-z]\\.")
                .doesNotContain("  ", "null", "none", " ,", "a a ", " an an ")
                .doesNotContainPattern("\\ba [aeiou]")
                .doesNotContainPattern("\\ban [^aeiou]"));
  }

  @Test
  void captionsOfAFaceAreOneToThreeAndDiffer() {
    SplittableRandom dice = new SplittableRandom(3);
    Set<Integer> counts = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      List<String> captions = Caption.of(Face.draw(dice), dice);
      counts.add(captions.size());
      assertThat(captions).doesNotHaveDuplicates();
    }
    assertThat(counts).containsExactlyInAnyOrder(1, 2, 3);
  }

  @Test
  void atLeastSevenTraitsAreMentioned() {
    SplittableRandom dice = new SplittableRandom(4);
    for (int i = 0; i < FACES; i++) {
      assertThat(Trait.choose(Face.draw(dice), dice)).hasSizeGreaterThanOrEqualTo(7);
    }
  }

  @Test
  void whatACaptionSaysIsWhatTheLabelsSay() {
    forEachCaption(
        (face, caption) -> {
          Map<String, String> labels = face.labels();
          assertThat(caption).containsIgnoringCase(labels.get("mouth"));
          said(caption, "(\\w+) (?:hair|pigtails)", "hair_colour", labels);
          said(caption, "(\\w+) (?:shirt|sweater|top)\\b(?! hat)", "clothes", labels);
          said(caption, "(\\w+) (?:background|wall)", "background", labels);
          said(
              caption,
              "(striped|dotted|checked|plain) \\w+ (?:background|wall)",
              "pattern",
              labels);
          said(caption, "(\\w+) (?:cap|beanie|top hat|sun hat)\\b", "hat_colour", labels);
          said(caption, "\\w+ (cap|beanie|top hat|sun hat)\\b", "hat", labels);
          said(caption, "(round glasses|square glasses|sunglasses)", "glasses", labels);
          said(caption, "(moustache|goatee|full beard)", "beard", labels);
          said(caption, "(gold|red|blue) earrings", "earrings", labels);
          said(caption, "(\\w+) (?:scarf|bow tie)", "accessory_colour", labels);
          said(caption, "(\\w+) eyes", "eyes", labels);
          said(caption, "(\\w+) skin", "skin", labels);
          said(caption, "(?:to the|facing) (left|right)", "pose", labels);
          absent(caption, "no hat", "hat", labels);
          absent(caption, "no glasses", "glasses", labels);
          absent(caption, "no earrings", "earrings", labels);
          absent(caption, "no beard", "beard", labels);
          absent(caption, "clean-shaven", "beard", labels);
        });
  }

  @Test
  void captionsAreShortEnoughForAContextOf77AndTellPicturesApart() {
    Set<String> different = new HashSet<>();
    int[] count = {0};
    forEachCaption(
        (face, caption) -> {
          count[0]++;
          different.add(caption);
          assertThat(caption.split("\\W+")).hasSizeLessThanOrEqualTo(60);
        });
    assertThat(different).hasSize(count[0]);
  }

  private static void said(
      String caption, String pattern, String label, Map<String, String> labels) {
    Matcher matcher = Pattern.compile(pattern).matcher(caption);
    while (matcher.find()) {
      if (!matcher.group(1).equals("in")) { // "hair in pigtails"
        assertThat(labels).as(caption).containsEntry(label, matcher.group(1));
      }
    }
  }

  private static void absent(
      String caption, String words, String label, Map<String, String> labels) {
    if (caption.contains(words)) {
      assertThat(labels).as(caption).containsEntry(label, "none");
    }
  }

  private static void forEachCaption(BiConsumer<Face, String> check) {
    SplittableRandom dice = new SplittableRandom(2);
    for (int i = 0; i < FACES; i++) {
      Face face = Face.draw(dice);
      Caption.of(face, dice).forEach(caption -> check.accept(face, caption));
    }
  }
}
