package dev.facet.augment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.augment.geometry.Orientation;
import dev.facet.augment.memory.OpenCv;
import dev.facet.augment.operation.FaceBox;
import dev.facet.augment.resample.CropRounding;
import dev.facet.augment.resample.Interpolation;
import dev.facet.augment.resample.ResizeMode;
import dev.facet.base.SampleRandom;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Evaluation against torchvision's transforms on Pillow's pictures, drawn by a formula here and
 * there; the README beside the numbers has it.
 */
class PillowPicturesTest {
  private static final Path NUMBERS = Path.of("src/test/resources/pillow");
  private static final Pattern NAME = Pattern.compile("(\\d+)x(\\d+)-(\\d)\\.\\w+\\.rgb");
  private static final List<Double> ONES = List.of(1.0, 1.0, 1.0);

  private final SampleRandom random = new SampleRandom();

  @BeforeAll
  static void load() {
    OpenCv.load();
  }

  @Test
  void theShorterSideAndTheCentreAgree() throws IOException {
    Augmentation usual = Augmentation.evaluation(null, ResizeMode.SHORTEST, Interpolation.BICUBIC);
    check("clip", 32, usual.rounded(CropRounding.EVEN), 0);
    check("down", 32, usual, 0);
  }

  @Test
  void squashingAgrees() throws IOException {
    check("squash", 32, Augmentation.evaluation(null, ResizeMode.SQUASH, Interpolation.BICUBIC), 0);
  }

  @Test
  void aBoxResampledBilinearlyAgrees() throws IOException {
    FaceBox box = new FaceBox(0, 0, false);
    check("box", 24, Augmentation.evaluation(box, ResizeMode.SQUASH, Interpolation.BILINEAR), 1);
  }

  private void check(String kind, int size, Augmentation augmentation, int tolerance)
      throws IOException {
    List<String> problems = new ArrayList<>();
    int compared = 0;
    try (Augmenter augmenter = new Augmenter(augmentation, size, ONES, ONES);
        Painted out = Painted.blank(size);
        DirectoryStream<Path> files = Files.newDirectoryStream(NUMBERS, "*." + kind + ".rgb")) {
      for (Path file : files) {
        render(augmenter, file, kind.equals("box"), out);
        compared++;
        int largest = largestGap(out.levels(), Files.readAllBytes(file));
        if (largest > tolerance) {
          problems.add(String.format(Locale.ROOT, "%s: up to %d levels off", file, largest));
        }
      }
    }
    assertThat(problems).isEmpty();
    assertThat(compared).as(kind).isPositive();
  }

  private void render(Augmenter augmenter, Path file, boolean boxed, Painted out) {
    Matcher name = NAME.matcher(Objects.requireNonNull(file.getFileName()).toString());
    assertThat(name.matches()).as("%s", file).isTrue();
    int width = Integer.parseInt(name.group(1));
    int height = Integer.parseInt(name.group(2));
    Orientation orientation = Orientation.ofTag(Integer.parseInt(name.group(3)));
    int w = orientation.transposed() ? height : width;
    int h = orientation.transposed() ? width : height;
    int[] box = {w / 8, h / 6, w - w / 5, h - h / 7};
    double[] corners = boxed ? Arrays.stream(box).asDoubleStream().toArray() : null;
    try (Painted picture =
        new Painted(
            width,
            height,
            (x, y) -> Painted.rgb(7 * x + 13 * y, x * x + 3 * y, (x / 5 + y / 7) % 2 * 255))) {
      assertThat(augmenter.vary(picture.stored(orientation), corners, false, random, out.address()))
          .isNotNull();
    }
  }

  private static int largestGap(int[] found, byte[] expected) {
    assertThat(found).hasSize(expected.length);
    int largest = 0;
    for (int i = 0; i < found.length; i++) {
      largest = Math.max(largest, Math.abs(found[i] - (expected[i] & 0xff)));
    }
    return largest;
  }
}
