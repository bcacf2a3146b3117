package dev.facet.loader.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.base.SampleRandom;
import dev.facet.loader.data.CaptionSettings.Sampling;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CaptionSettingsTest {
  private static final String FIVE = "One. Two! Three? Four. Five.";

  @Test
  void sentencesEndWhereTheyDo() {
    assertThat(Sentences.of("A man smiles. He wears a hat! Is it red? Yes"))
        .containsExactly("A man smiles.", "He wears a hat!", "Is it red?", "Yes");
    assertThat(Sentences.of("She said \"Hello.\" Then she left."))
        .containsExactly("She said \"Hello.\"", "Then she left.");
    assertThat(Sentences.of("First line\nsecond line"))
        .containsExactly("First line", "second line");
    assertThat(Sentences.of("He waits... and waits. Then"))
        .containsExactly("He waits... and waits.", "Then");
  }

  @Test
  void abbreviationsInitialsAndNumbersEndNoSentence() {
    assertThat(Sentences.of("Mr. Smith and Dr. J. Doe paid 3.50 dollars, i.e. Too much."))
        .containsExactly("Mr. Smith and Dr. J. Doe paid 3.50 dollars, i.e. Too much.");
  }

  @Test
  void fullWidthStopsNeedNoSpace() {
    assertThat(Sentences.of("她在笑。他戴帽子！")).containsExactly("她在笑。", "他戴帽子！");
  }

  @Test
  void aPartIsDrawnByTheSampleAlone() {
    CaptionSettings one = new CaptionSettings(Sampling.SENTENCE, 3);
    Set<String> seen = new HashSet<>();
    for (int row = 0; row < 100; row++) {
      String part = one.part(FIVE, random(row));
      assertThat(one.part(FIVE, random(row))).isEqualTo(part);
      seen.add(part);
    }
    assertThat(seen).containsExactlyInAnyOrder("One.", "Two!", "Three?", "Four.", "Five.");
  }

  @Test
  void severalSentencesKeepTheirOrderAndTheFirstStaysWhereItIsWanted() {
    CaptionSettings several = new CaptionSettings(Sampling.SENTENCES, 2);
    CaptionSettings first = new CaptionSettings(Sampling.FIRST, 3);
    List<String> all = Sentences.of(FIVE);
    Set<String> others = new HashSet<>();
    for (int row = 0; row < 100; row++) {
      List<String> two = Sentences.of(several.part(FIVE, random(row)));
      assertThat(two).hasSize(2).doesNotHaveDuplicates();
      assertThat(all.indexOf(two.get(0))).isLessThan(all.indexOf(two.get(1)));
      List<String> three = Sentences.of(first.part(FIVE, random(row)));
      assertThat(three).hasSize(3).startsWith("One.").doesNotHaveDuplicates();
      others.addAll(three.subList(1, 3));
    }
    assertThat(others).containsExactlyInAnyOrder("Two!", "Three?", "Four.", "Five.");
  }

  @Test
  void aCaptionOfFewSentencesStaysAsItIs() {
    String brief = "One.  Two.";
    assertThat(new CaptionSettings(Sampling.SENTENCES, 2).part(brief, random(1))).isEqualTo(brief);
    assertThat(CaptionSettings.WHOLE.part(FIVE, random(1))).isEqualTo(FIVE);
  }

  private static SampleRandom random(long row) {
    SampleRandom random = new SampleRandom();
    random.reset(1, 2, row);
    return random;
  }
}
