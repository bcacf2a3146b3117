package dev.facet.prepare.synth;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Describes a face in one English sentence. Colours and things keep one name each, so that they can
 * be learnt from few pictures; what varies is which traits are mentioned, their order, and the
 * words between them.
 */
final class Caption {
  private final Face face;
  private final RandomGenerator dice;
  private final Set<Trait> traits;
  private final Wording wording;

  private Caption(Face face, RandomGenerator dice) {
    this.face = face;
    this.dice = dice;
    this.traits = Trait.choose(face, dice);
    this.wording = new Wording(face, dice, traits);
  }

  /** One to three sentences, all different. */
  static List<String> of(Face face, RandomGenerator dice) {
    int count = dice.nextInt(1, 4);
    Set<String> captions = new LinkedHashSet<>();
    while (captions.size() < count) {
      captions.add(new Caption(face, dice).sentence());
    }
    return List.copyOf(captions);
  }

  private String sentence() {
    String subject = wording.subject();
    String with = one("with ", "who has ", "with ") + list(features());
    String wearing = one("wearing ", "dressed in ", "in ") + list(worn());
    String place = wording.place();
    String sentence =
        switch (dice.nextInt(4)) {
          case 0 -> subject + " " + with + ", " + wearing + ", " + place;
          case 1 -> subject + " " + wearing + ", " + place + ", " + with;
          case 2 -> subject + " " + wearing + " " + with + ", " + place;
          default -> place + ", " + subject + " " + with + ", " + wearing;
        };
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1) + ".";
  }

  /** What one has, and what is missing: "red hair", "no beard". */
  private List<String> features() {
    List<String> features = new ArrayList<>();
    features.add(wording.hair());
    if (traits.contains(Trait.BEARD)) {
      features.add(wording.beard());
    }
    if (traits.contains(Trait.EYES) && face.eyesVisible()) {
      features.add(face.eyes().word + " eyes");
    }
    if (traits.contains(Trait.SKIN)) {
      features.add(face.skin().word + " skin");
    }
    if (traits.contains(Trait.GLASSES) && face.glasses() == Glasses.NONE) {
      features.add("no glasses");
    }
    if (traits.contains(Trait.HAT) && face.hat() == Hat.NONE) {
      features.add("no hat");
    }
    if (traits.contains(Trait.EARRINGS) && face.earrings() == Earrings.NONE) {
      features.add("no earrings");
    }
    return shuffled(features);
  }

  private List<String> worn() {
    List<String> worn = new ArrayList<>();
    worn.add(wording.clothes());
    if (traits.contains(Trait.HAT) && face.hat() != Hat.NONE) {
      worn.add(Wording.article(face.hatColour().word + " " + face.hat().word));
    }
    if (traits.contains(Trait.GLASSES) && face.glasses() != Glasses.NONE) {
      worn.add(face.glasses().word);
    }
    if (traits.contains(Trait.EARRINGS) && face.earrings() != Earrings.NONE) {
      worn.add(face.earrings().word + " earrings");
    }
    if (traits.contains(Trait.ACCESSORY) && face.accessory() != Accessory.NONE) {
      worn.add(wording.accessory());
    }
    return shuffled(worn);
  }

  private List<String> shuffled(List<String> items) {
    for (int i = items.size() - 1; i > 0; i--) {
      items.set(i, items.set(dice.nextInt(i + 1), items.get(i)));
    }
    return items;
  }

  private static String list(List<String> items) {
    int last = items.size() - 1;
    return last == 0
        ? items.getFirst()
        : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
  }

  private String one(String... choices) {
    return choices[dice.nextInt(choices.length)];
  }
}
