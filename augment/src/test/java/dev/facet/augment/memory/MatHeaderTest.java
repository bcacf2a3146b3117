package dev.facet.augment.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.augment.Painted;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;

class MatHeaderTest {
  @Test
  void anAimedHeaderIsWhatTheBindingWouldBuild() {
    try (Painted picture = new Painted(9, 7, (x, y) -> 0x10203);
        MatHeader header = new MatHeader()) {
      for (Pixels pixels :
          new Pixels[] {
            picture.pixels(),
            new Pixels().within(picture.pixels(), 2, 1, 4, 5),
            new Pixels().within(picture.pixels(), 2, 1, 4, 1)
          }) {
        Mat aimed = header.at(pixels);
        try (Mat built = pixels.mat()) {
          assertThat(aimed.flags()).isEqualTo(built.flags());
          assertThat(aimed.rows()).isEqualTo(built.rows());
          assertThat(aimed.cols()).isEqualTo(built.cols());
          assertThat(aimed.data().address()).isEqualTo(built.data().address());
          assertThat(aimed.datastart().address()).isEqualTo(built.datastart().address());
          assertThat(aimed.dataend().address()).isEqualTo(built.dataend().address());
          assertThat(opencv_core.sumElems(aimed).get(2))
              .isEqualTo(3.0 * pixels.width() * pixels.height());
        }
      }
    }
  }
}
