package dev.facet.prepare.synth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.augment.geometry.Box;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Colours are looked up where a crop by the box, with a margin of a quarter, shows them. */
class PortraitTest {
  @Test
  void hairClothesAndBackgroundShowInTheCropAroundTheBox() {
    SplittableRandom dice = new SplittableRandom(5);
    for (int i = 0; i < 100; i++) {
      Face face = Face.draw(dice);
      Portrait portrait = Portrait.of(face, dice);
      assertThat(share(portrait, face.clothes().rgb)).as("clothes of %s", face).isGreaterThan(0.03);
      assertThat(share(portrait, face.background().rgb))
          .as("background of %s", face)
          .isGreaterThan(0.08);
      assertThat(share(portrait, face.hair().rgb)).as("hair of %s", face).isGreaterThan(0.02);
    }
  }

  @Test
  void everyHatChangesThePicture() {
    Face face = Face.draw(new SplittableRandom(6));
    for (Hat hat : Hat.values()) {
      assertDiffers(face, with(face, hat), hat != face.hat());
    }
  }

  private static Face with(Face face, Hat hat) {
    return new Face(
        face.skin(),
        face.hair(),
        face.style(),
        face.eyes(),
        face.glasses(),
        face.beard(),
        face.mouth(),
        face.pose(),
        hat,
        face.hatColour(),
        face.earrings(),
        face.accessory(),
        face.accessoryColour(),
        face.clothes(),
        face.background(),
        face.pattern());
  }

  private static void assertDiffers(Face one, Face other, boolean expected) {
    assertThat(Arrays.equals(pixels(one), pixels(other))).isEqualTo(!expected);
  }

  private static int[] pixels(Face face) {
    BufferedImage image = Portrait.of(face, new SplittableRandom(1)).image();
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  /** Share of the crop whose colour is this one, give or take the light. */
  private static double share(Portrait portrait, int rgb) {
    Box box = portrait.box();
    double half = Math.max(box.width(), box.height()) * 0.75;
    int left = (int) Math.max(0, (box.x1() + box.x2()) / 2 - half);
    int top = (int) Math.max(0, (box.y1() + box.y2()) / 2 - half);
    BufferedImage image = portrait.image();
    int right = (int) Math.min(image.getWidth(), left + 2 * half);
    int bottom = (int) Math.min(image.getHeight(), top + 2 * half);
    int hits = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        hits += isNear(image.getRGB(x, y), rgb) ? 1 : 0;
      }
    }
    return (double) hits / ((right - left) * (bottom - top));
  }

  private static boolean isNear(int seen, int wanted) {
    int distance = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      distance = Math.max(distance, Math.abs((seen >> shift & 0xff) - (wanted >> shift & 0xff)));
    }
    return distance <= 32; // the light takes up to 12 %
  }
}
