package dev.facet.prepare.synth;

import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What a caption can speak of, most telling first. The chances are those of being mentioned: when
 * there is something to see, and when there is nothing ("no hat").
 */
enum Trait {
  HAIR(1, 1),
  BACKGROUND(1, 1),
  CLOTHES(1, 1),
  MOUTH(1, 1),
  HAT(0.95, 0.4),
  GLASSES(0.95, 0.4),
  BEARD(0.9, 0.4),
  EARRINGS(0.85, 0.3),
  ACCESSORY(0.7, 0),
  STYLE(0.5, 0),
  PATTERN(0.45, 0),
  SKIN(0.35, 0),
  POSE(0.3, 0),
  EYES(0.25, 0);

  private static final int FEWEST = 7;

  private final double present;
  private final double absent;

  Trait(double present, double absent) {
    this.present = present;
    this.absent = absent;
  }

  /** The traits that one caption of a face mentions; at least seven. */
  static Set<Trait> choose(Face face, RandomGenerator dice) {
    Set<Trait> chosen = EnumSet.noneOf(Trait.class);
    for (Trait trait : values()) {
      if (dice.nextDouble() < (trait.isPresent(face) ? trait.present : trait.absent)) {
        chosen.add(trait);
      }
    }
    for (Trait trait : values()) {
      if (chosen.size() < FEWEST) {
        chosen.add(trait);
      }
    }
    return chosen;
  }

  private boolean isPresent(Face face) {
    return switch (this) {
      case HAT -> face.hat() != Hat.NONE;
      case GLASSES -> face.glasses() != Glasses.NONE;
      case BEARD -> face.beard() != Beard.NONE;
      case EARRINGS -> face.earrings() != Earrings.NONE;
      case ACCESSORY -> face.accessory() != Accessory.NONE;
      case EYES -> face.eyesVisible();
      default -> true;
    };
  }
}
