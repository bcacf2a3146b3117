package dev.facet.prepare.synth;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Everything that can be seen of a drawn face. The attributes are independent, except that what
 * hangs around the neck never has the colour of the clothes under it.
 */
record Face(
    Skin skin,
    Tint hair,
    HairStyle style,
    Tint eyes,
    Glasses glasses,
    Beard beard,
    Mouth mouth,
    Pose pose,
    Hat hat,
    Tint hatColour,
    Earrings earrings,
    Accessory accessory,
    Tint accessoryColour,
    Tint clothes,
    Tint background,
    Pattern pattern) {

  static Face draw(RandomGenerator dice) {
    Tint clothes = any(dice, Tint.CLOTHES);
    Tint accessory = any(dice, Tint.ACCESSORY);
    while (accessory == clothes) {
      accessory = any(dice, Tint.ACCESSORY);
    }
    return new Face(
        any(dice, List.of(Skin.values())),
        any(dice, Tint.HAIR),
        any(dice, List.of(HairStyle.values())),
        any(dice, Tint.EYES),
        any(dice, List.of(Glasses.values())),
        any(dice, List.of(Beard.values())),
        any(dice, List.of(Mouth.values())),
        any(dice, List.of(Pose.values())),
        any(dice, List.of(Hat.values())),
        any(dice, Tint.HAT),
        any(dice, List.of(Earrings.values())),
        any(dice, List.of(Accessory.values())),
        accessory,
        clothes,
        any(dice, Tint.BACKGROUND),
        any(dice, List.of(Pattern.values())));
  }

  private static <T> T any(RandomGenerator dice, List<T> values) {
    return values.get(dice.nextInt(values.size()));
  }

  /** Whether the colour of the eyes can be seen. */
  boolean eyesVisible() {
    return glasses != Glasses.SUNGLASSES;
  }

  /** What the picture shows, by name; colours of things that are not there are left out. */
  Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>();
    labels.put("skin", skin.word);
    labels.put("hair_colour", hair.word);
    labels.put("hair_style", style.word);
    if (eyesVisible()) {
      labels.put("eyes", eyes.word);
    }
    labels.put("glasses", glasses.word);
    labels.put("beard", beard.word);
    labels.put("mouth", mouth.word);
    labels.put("pose", pose.word);
    labels.put("hat", hat.word);
    if (hat != Hat.NONE) {
      labels.put("hat_colour", hatColour.word);
    }
    labels.put("earrings", earrings.word);
    labels.put("accessory", accessory.word);
    if (accessory == Accessory.SCARF || accessory == Accessory.BOW_TIE) {
      labels.put("accessory_colour", accessoryColour.word);
    }
    labels.put("clothes", clothes.word);
    labels.put("background", background.word);
    labels.put("pattern", pattern.word);
    return labels;
  }
}
