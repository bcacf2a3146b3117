package dev.facet.prepare.synth;

import java.util.Set;
import java.util.random.RandomGenerator;

/** The phrases of a caption: each trait in a few ways of saying it. */
record Wording(Face face, RandomGenerator dice, Set<Trait> traits) {

  /** "A portrait of a smiling person looking to the left". */
  String subject() {
    String noun = one("person", "face", "figure", "cartoon face", "character");
    String described =
        switch (face.mouth()) {
          case SMILING ->
              one(
                  article("smiling " + noun),
                  article("happy, smiling " + noun),
                  article("smiling " + noun));
          case OPEN -> article(one("open-mouthed ", "surprised, open-mouthed ") + noun);
          case NEUTRAL -> article(one("neutral ", "calm, neutral ", "neutral ") + noun);
          case FROWNING -> article(one("frowning ", "unhappy, frowning ", "frowning ") + noun);
        };
    String opening =
        one("", "", "a portrait of ", "a drawing of ", "a picture of ", "an illustration of ");
    return opening + described + (traits.contains(Trait.POSE) ? " " + pose() : "");
  }

  private String pose() {
    return switch (face.pose()) {
      case FRONT -> one("looking straight ahead", "facing the viewer");
      case LEFT -> one("looking to the left", "turned to the left", "facing left");
      case RIGHT -> one("looking to the right", "turned to the right", "facing right");
    };
  }

  String hair() {
    String colour = face.hair().word;
    if (!traits.contains(Trait.STYLE)) {
      return colour + " hair";
    }
    if (face.style() == HairStyle.PIGTAILS) {
      return one(colour + " hair in pigtails", colour + " pigtails");
    }
    return face.style().word + " " + colour + " hair";
  }

  String beard() {
    return switch (face.beard()) {
      case NONE -> one("no beard", "a clean-shaven face");
      case MOUSTACHE -> "a moustache";
      case GOATEE -> "a goatee";
      case FULL -> one("a full beard", "a big full beard");
    };
  }

  String clothes() {
    return article(face.clothes().word + " " + one("shirt", "sweater", "top"));
  }

  String accessory() {
    return switch (face.accessory()) {
      case NECKLACE -> one("a gold necklace", "a necklace of gold beads");
      default -> article(face.accessoryColour().word + " " + face.accessory().word);
    };
  }

  /** "in front of a striped blue background". */
  String place() {
    String pattern = traits.contains(Trait.PATTERN) ? face.pattern().word + " " : "";
    return one("in front of ", "against ", "on ", "before ")
        + article(pattern + face.background().word + " " + one("background", "background", "wall"));
  }

  /** The words with "a" or "an" before them. */
  static String article(String words) {
    return ("aeiou".indexOf(words.charAt(0)) >= 0 ? "an " : "a ") + words;
  }

  private String one(String... choices) {
    return choices[dice.nextInt(choices.length)];
  }
}
