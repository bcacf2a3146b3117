package dev.facet.prepare.duplicates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.base.SampleRandom;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NearCopiesTest {
  private final SampleRandom random = new SampleRandom();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void theGroupsAreThoseOfComparingAllPairs(int distance) {
    int count = 3000;
    long[][] photos = new long[count][];
    random.reset(distance, 0, 0);
    for (int i = 0; i < count; i++) {
      long[] photo = {random.nextLong(), random.nextLong(), random.nextLong()};
      if (i > 10 && random.nextDouble() < 0.5) {
        long[] origin = photos[(int) (random.nextDouble() * i)];
        photo[0] = random.nextDouble() < 0.2 ? origin[0] : photo[0];
        photo[1] = flipped(origin[1], (int) (random.nextDouble() * 9));
        photo[2] = flipped(origin[2], (int) (random.nextDouble() * 16));
      }
      photos[i] = photo;
    }
    assertThat(groups(new DuplicateSettings(true, true, distance), photos))
        .isEqualTo(byAllPairs(photos, distance));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void whatDiffersInFewBitsAgreesInThreeBlocksSomewhere(int distance) {
    long[] masks = NearCopies.masks(distance);
    random.reset(7, 7, 7);
    for (int i = 0; i < 20_000; i++) {
      long difference = flipped(0, distance);
      assertThat(Arrays.stream(masks).anyMatch(mask -> (difference & mask) == 0)).isTrue();
    }
    assertThat(Arrays.stream(masks).reduce(0, (a, b) -> a | b)).isEqualTo(-1L);
  }

  @Test
  void equalBytesAreOnePhotoEvenWithoutNearCopies() {
    long[][] photos = {{5, 1, 1}, {6, 2, 2}, {5, 1, 1}, {7, 2, 2}};
    assertThat(groups(new DuplicateSettings(true, false, 6), photos)).containsExactly(0, 1, 0, 3);
    assertThat(groups(new DuplicateSettings(true, true, 0), photos)).containsExactly(0, 1, 0, 1);
  }

  @Test
  void beingACopyIsPassedOnAndTheLowestNumberStandsForAll() {
    long[][] photos = {
      {1, 0xffL, 3}, {2, 0x0fL << 40, 3}, {3, 0xffL ^ 0x7000, 3}, {4, 0xffL ^ 0x7f000, 3}
    };
    assertThat(groups(new DuplicateSettings(true, true, 4), photos)).containsExactly(0, 1, 0, 0);
  }

  @Test
  void photosWithoutHashAreToldApartByTheirBytes() {
    long[][] photos = new long[50_000][];
    Arrays.setAll(photos, i -> new long[] {i % 40_000 * 0x9e3779b97f4a7c15L, 0, 0});
    int[] expected = IntStream.range(0, photos.length).map(i -> i % 40_000).toArray();
    assertThat(groups(DuplicateSettings.DEFAULT, photos)).isEqualTo(expected);
  }

  @Test
  void aCrowdOfOnePatternStaysOneGroupWithoutComparingAllPairs() {
    // All pairs would be two billion comparisons in each of 84 passes.
    long[][] photos = new long[200_000][];
    random.reset(1, 2, 3);
    Arrays.setAll(photos, i -> new long[] {random.nextLong(), 0x5555, flipped(77, 2)});
    assertThat(Arrays.stream(groups(DuplicateSettings.DEFAULT, photos)).distinct().count())
        .isEqualTo(1);
  }

  @Test
  void thereMayBeNoPhoto() {
    assertThat(groups(DuplicateSettings.DEFAULT, new long[0][])).isEmpty();
  }

  private static int[] groups(DuplicateSettings settings, long[][] photos) {
    NearCopies copies = new NearCopies(photos.length);
    copies.uniteSameBytes(column(photos, 0));
    if (settings.near()) {
      copies.uniteNear(column(photos, 1), column(photos, 2), settings.distance());
    }
    return copies.groups();
  }

  private static long[] column(long[][] photos, int number) {
    return Arrays.stream(photos).mapToLong(photo -> photo[number]).toArray();
  }

  private static int[] byAllPairs(long[][] photos, int distance) {
    int[] group = IntStream.range(0, photos.length).toArray();
    for (int i = 0; i < photos.length; i++) {
      for (int j = 0; j < i; j++) {
        long[] a = photos[i];
        long[] b = photos[j];
        boolean near =
            Long.bitCount(a[1] ^ b[1]) <= distance && Long.bitCount(a[2] ^ b[2]) <= 2 * distance;
        if ((a[0] == b[0] || near) && group[i] != group[j]) {
          int low = Math.min(group[i], group[j]);
          int high = Math.max(group[i], group[j]);
          for (int k = 0; k <= i; k++) {
            group[k] = group[k] == high ? low : group[k];
          }
        }
      }
    }
    return group;
  }

  private long flipped(long hash, int bits) {
    long result = hash;
    for (int i = 0; i < bits; i++) {
      result ^= 1L << (int) (random.nextDouble() * 64);
    }
    return result;
  }
}
