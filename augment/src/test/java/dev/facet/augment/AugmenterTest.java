package dev.facet.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.facet.augment.canvas.FloatPlanes;
import dev.facet.augment.geometry.Orientation;
import dev.facet.augment.memory.Pixels;
import dev.facet.augment.operation.Brightness;
import dev.facet.augment.operation.CentreCrop;
import dev.facet.augment.operation.Contrast;
import dev.facet.augment.operation.FaceBox;
import dev.facet.augment.operation.Grey;
import dev.facet.augment.operation.Hue;
import dev.facet.augment.operation.Mirror;
import dev.facet.augment.operation.MirroredCaptions;
import dev.facet.augment.operation.RandomResizedCrop;
import dev.facet.augment.operation.Rotation;
import dev.facet.augment.operation.Saturation;
import dev.facet.augment.operation.Shear;
import dev.facet.augment.resample.Interpolation;
import dev.facet.augment.resample.ResizeMode;
import dev.facet.base.Interval;
import dev.facet.base.SampleRandom;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AugmenterTest {
  private static final int SIZE = 32;
  private static final List<Double> MEAN = List.of(0.5, 0.4, 0.3);
  private static final List<Double> STD = List.of(0.2, 0.25, 0.3);
  private static final double[] BOX = {40, 50, 150, 171.5};

  private static final Augmentation USUAL =
      Augmentation.training(
          List.of(
              new FaceBox(0.2),
              new RandomResizedCrop(new Interval(0.5, 1), new Interval(0.75, 1.33)),
              new Mirror(0.5, MirroredCaptions.KEEP),
              new Brightness(0.2),
              new Contrast(0.2),
              new Saturation(0.2),
              new Hue(0.05),
              new Grey(0.1)));

  private final SampleRandom random = new SampleRandom();

  private static Painted picture() {
    return new Painted(
        301,
        233,
        (x, y) ->
            Painted.rgb(255 * x / 301, 255 * y / 233, (int) (128 + 100 * Math.sin(x * y / 900.0))));
  }

  @Test
  void aListDrawsWhatFixedSettingsDrewBefore() {
    // From the version in which the operations were fields: matrices of two pictures that became
    // grey (hue turned the other way then), and the number drawn next.
    float[][] expected = {
      {
        0.0073900386f, 0.014508203f, 0.0028176066f, -2.727217f, 0.005912031f, 0.011606562f,
        0.0022540854f, -1.7817736f, 0.004926692f, 0.009672135f, 0.0018784044f, -1.1514779f
      },
      {
        0.008023333f, 0.015751492f, 0.0030590633f, -3.039802f, 0.0064186663f, 0.012601194f,
        0.0024472508f, -2.0318418f, 0.0053488887f, 0.010500995f, 0.0020393755f, -1.359868f
      }
    };
    long[] next = {-7898900482729951642L, 8961724012506061077L};
    int[] rows = {0, 1};
    try (Painted picture = picture();
        Painted out = Painted.blank(SIZE);
        Augmenter augmenter = new Augmenter(USUAL, SIZE, MEAN, STD)) {
      for (int i = 0; i < rows.length; i++) {
        Orientation orientation = Orientation.ofTag(rows[i] + 1);
        random.reset(7, 1, rows[i]);
        double @Nullable [] box = rows[i] % 2 == 0 ? null : BOX;
        Variation variation =
            augmenter.vary(picture.stored(orientation), box, true, random, out.address());
        assertThat(Objects.requireNonNull(variation).colour())
            .containsExactly(expected[i], within(1e-4f));
        assertThat(random.nextLong()).isEqualTo(next[i]);
      }
    }
  }

  @Test
  void nothingIsAllocatedPerPicture() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().threadId();
    try (Painted picture = picture();
        Painted out = Painted.blank(SIZE);
        FloatPlanes planes = new FloatPlanes(SIZE);
        Painted floats = new Painted(SIZE, 4 * SIZE, (x, y) -> 0);
        Augmenter augmenter = new Augmenter(USUAL, SIZE, MEAN, STD)) {
      Pixels pixels = picture.pixels();
      List<StoredPicture<RuntimeException>> stored = new ArrayList<>();
      for (Orientation orientation : Orientation.values()) {
        stored.add(picture.stored(orientation, (reduction, wanted) -> pixels));
      }
      long before = 0;
      int pictures = 4000;
      for (int i = -500; i < pictures; i++) {
        if (i == 0) {
          before = threads.getThreadAllocatedBytes(thread);
        }
        random.reset(1, 0, i);
        double @Nullable [] box = i % 2 == 0 ? null : BOX;
        Variation variation = augmenter.vary(stored.get(i & 7), box, true, random, out.address());
        planes.write(out.address(), Objects.requireNonNull(variation).colour(), floats.address());
      }
      long bytes = threads.getThreadAllocatedBytes(thread) - before;
      assertThat((double) bytes / pictures).isLessThan(100);
    }
  }

  @Test
  void thePixelsWantedAreAllThatIsNeeded() {
    Augmentation slanted =
        Augmentation.training(
            List.of(
                new FaceBox(0.1, 0.1, false),
                new RandomResizedCrop(new Interval(0.2, 0.6), new Interval(0.5, 2)),
                new Rotation(40),
                new Shear(10),
                new Mirror(0.5, MirroredCaptions.KEEP)));
    Augmentation evaluation =
        Augmentation.evaluation(new FaceBox(0.1), ResizeMode.SHORTEST, Interpolation.BICUBIC);
    for (Augmentation augmentation : List.of(USUAL, slanted, evaluation)) {
      try (Painted picture = picture();
          Painted whole = Painted.blank(SIZE);
          Painted part = Painted.blank(SIZE);
          Augmenter augmenter = new Augmenter(augmentation, SIZE, MEAN, STD)) {
        for (int i = 0; i < 80; i++) {
          Orientation orientation = Orientation.ofTag(1 + i % 8);
          random.reset(2, 0, i);
          augmenter.vary(picture.stored(orientation), BOX, true, random, whole.address());
          random.reset(2, 0, i);
          augmenter.vary(
              picture.stored(orientation, (reduction, wanted) -> part(picture, wanted)),
              BOX,
              true,
              random,
              part.address());
          int[] expected = whole.levels();
          int[] got = part.levels();
          for (int k = 0; k < got.length; k++) {
            // Averaged in blocks that begin elsewhere, slanted pictures differ a little.
            assertThat(got[k]).isCloseTo(expected[k], within(augmentation.equals(slanted) ? 9 : 0));
          }
        }
      }
    }
  }

  private static Pixels part(Painted picture, int[] wanted) {
    int width = wanted[2] - wanted[0];
    int height = wanted[3] - wanted[1];
    return new Pixels()
        .within(picture.pixels(), wanted[0], wanted[1], width, height)
        .covering(wanted[0], wanted[1], width, height);
  }

  @Test
  void everyOrientationShowsTheSamePicture() {
    Augmentation turned =
        Augmentation.training(List.of(new CentreCrop(0.7), new Rotation(30), new Shear(5)));
    Augmentation straight = Augmentation.training(List.of(new CentreCrop(0.7)));
    for (Augmentation augmentation : List.of(straight, turned, Augmentation.evaluation(0.0))) {
      int[] upright = shown(augmentation, Orientation.UPRIGHT);
      for (Orientation orientation : Orientation.values()) {
        int[] got = shown(augmentation, orientation);
        for (int k = 0; k < got.length; k++) {
          assertThat(got[k]).as("%s", orientation).isCloseTo(upright[k], within(3));
        }
      }
    }
  }

  /** A picture that looks the same upright, stored as the orientation says. */
  private int[] shown(Augmentation augmentation, Orientation o) {
    int width = 120;
    int height = 90;
    try (Painted stored =
            new Painted(
                o.transposed() ? height : width,
                o.transposed() ? width : height,
                (x, y) -> {
                  int shownX = o.transposed() ? y : x;
                  int shownY = o.transposed() ? x : y;
                  shownX = o.mirrorX() ? width - 1 - shownX : shownX;
                  shownY = o.mirrorY() ? height - 1 - shownY : shownY;
                  return Painted.rgb(2 * shownX, 2 * shownY, 100);
                });
        Painted out = Painted.blank(SIZE);
        Augmenter augmenter = new Augmenter(augmentation, SIZE, MEAN, STD)) {
      random.reset(4, 0, 0);
      augmenter.vary(stored.stored(o), null, true, random, out.address());
      return out.levels();
    }
  }

  @Test
  void aReducedPictureIsCutAtTheSamePlace() {
    try (Painted full = new Painted(240, 240, (x, y) -> Painted.rgb(x, y, 0));
        Painted half = new Painted(120, 120, (x, y) -> Painted.rgb(2 * x, 2 * y, 0));
        Painted expected = Painted.blank(SIZE);
        Painted got = Painted.blank(SIZE);
        Augmenter augmenter =
            new Augmenter(Augmentation.training(List.of(new CentreCrop(0.5))), SIZE, MEAN, STD)) {
      augmenter.vary(full.stored(Orientation.UPRIGHT), null, true, random, expected.address());
      augmenter.vary(
          full.stored(
              Orientation.UPRIGHT,
              (reduction, wanted) -> {
                assertThat(reduction).isEqualTo(2);
                return half.pixels().covering(0, 0, 240, 240);
              }),
          null,
          true,
          random,
          got.address());
      for (int k = 0; k < got.levels().length; k++) {
        assertThat(got.levels()[k]).isCloseTo(expected.levels()[k], within(2));
      }
    }
  }

  @Test
  void aFlipThatMayNotBeIsNotMadeButDrawn() {
    Augmentation flips =
        Augmentation.training(List.of(new Mirror(1, MirroredCaptions.SKIP), new Rotation(5)));
    SampleRandom other = new SampleRandom();
    try (Painted picture = picture();
        Painted out = Painted.blank(SIZE);
        Augmenter augmenter = new Augmenter(flips, SIZE, MEAN, STD)) {
      assertThat(mirrored(augmenter, picture, true, random, out)).isTrue();
      assertThat(mirrored(augmenter, picture, false, other, out)).isFalse();
      assertThat(other.nextLong()).isEqualTo(random.nextLong());
    }
  }

  private static boolean mirrored(
      Augmenter augmenter, Painted picture, boolean may, SampleRandom random, Painted out) {
    StoredPicture<RuntimeException> stored = picture.stored(Orientation.UPRIGHT);
    return Objects.requireNonNull(augmenter.vary(stored, null, may, random, out.address()))
        .mirrored();
  }

  @Test
  void withoutAFaceBoxOperationBoxesAreNotLookedAt() {
    double[] nonsense = {5, 5, 1, 1};
    try (Painted picture = picture();
        Painted out = Painted.blank(SIZE);
        Augmenter without = new Augmenter(Augmentation.training(List.of()), SIZE, MEAN, STD);
        Augmenter with = new Augmenter(Augmentation.DEFAULT, SIZE, MEAN, STD)) {
      StoredPicture<RuntimeException> stored = picture.stored(Orientation.UPRIGHT);
      assertThat(without.vary(stored, nonsense, true, random, out.address())).isNotNull();
      assertThat(with.vary(stored, nonsense, true, random, out.address())).isNull();
    }
  }

  @Test
  void whatTheBoxRefusesIsNotDecoded() {
    double[] nonsense = {5, 5, 1, 1};
    try (Painted picture = picture();
        Painted out = Painted.blank(SIZE);
        Augmenter augmenter = new Augmenter(Augmentation.DEFAULT, SIZE, MEAN, STD)) {
      StoredPicture<RuntimeException> stored =
          picture.stored(
              Orientation.UPRIGHT,
              (reduction, wanted) -> {
                throw new AssertionError("decoded");
              });
      assertThat(augmenter.vary(stored, nonsense, true, random, out.address())).isNull();
    }
  }
}
