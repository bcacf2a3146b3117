package dev.facet.augment.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facet.augment.Painted;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloatPlanesTest {
  private static final int SIZE = 19;

  @ParameterizedTest
  @ValueSource(floats = {0, 0.004f})
  void eachChannelIsThatRowOfTheMatrix(float mixed) {
    float[] colour = {0.01f, mixed, -mixed, -1, mixed / 2, 0.02f, 0, 0.5f, 0, -mixed, 0.03f, 2};
    try (Arena arena = Arena.ofConfined();
        FloatPlanes planes = new FloatPlanes(SIZE);
        Painted picture = new Painted(SIZE, SIZE, (x, y) -> Painted.rgb(x * 14, y * 14, x * y))) {
      MemorySegment out = arena.allocate(ValueLayout.JAVA_FLOAT, 3L * SIZE * SIZE);
      planes.write(picture.address(), colour, out.address());
      for (int c = 0; c < 3; c++) {
        for (int y = 0; y < SIZE; y++) {
          for (int x = 0; x < SIZE; x++) {
            double expected = colour[4 * c + 3];
            for (int k = 0; k < 3; k++) {
              expected += colour[4 * c + k] * (double) picture.level(x, y, k);
            }
            float got = out.getAtIndex(ValueLayout.JAVA_FLOAT, (c * SIZE + y) * SIZE + x);
            assertThat((double) got).isCloseTo(expected, within(1e-5));
          }
        }
      }
    }
  }
}
