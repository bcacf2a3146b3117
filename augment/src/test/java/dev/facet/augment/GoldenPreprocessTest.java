package dev.facet.augment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.augment.geometry.Orientation;
import dev.facet.augment.memory.OpenCv;
import dev.facet.augment.memory.Pixels;
import dev.facet.augment.operation.FaceBox;
import dev.facet.augment.resample.CropRounding;
import dev.facet.augment.resample.Interpolation;
import dev.facet.augment.resample.ResizeMode;
import dev.facet.base.Json;
import dev.facet.base.SampleRandom;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Evaluation against torchvision's transforms on Pillow's own pictures. */
@Tag("kit")
class GoldenPreprocessTest {
  private static final Path GOLDEN =
      Path.of(System.getProperty("facet.shared", "../../shared"), "golden/preprocess");
  private static final List<Double> ONES = List.of(1.0, 1.0, 1.0);

  private final SampleRandom random = new SampleRandom();
  private ByteBuffer expected = ByteBuffer.allocate(0);
  private JsonNode header = Json.LINE.missingNode();
  private int body;

  @BeforeEach
  void read() throws IOException {
    OpenCv.load();
    expected =
        ByteBuffer.wrap(Files.readAllBytes(GOLDEN.resolve("expected.safetensors")))
            .order(ByteOrder.LITTLE_ENDIAN);
    body = 8 + (int) expected.getLong(0);
    header = Json.LINE.readTree(new String(expected.array(), 8, body - 8, StandardCharsets.UTF_8));
  }

  @Test
  void theShorterSideAndTheCentreAgree() throws IOException {
    check("clip", 224, ResizeMode.SHORTEST, Interpolation.BICUBIC, false);
  }

  @Test
  void squashingAgrees() throws IOException {
    check("squash", 224, ResizeMode.SQUASH, Interpolation.BICUBIC, false);
  }

  @Test
  void aBoxResampledBilinearlyAgrees() throws IOException {
    check("box", 96, ResizeMode.SQUASH, Interpolation.BILINEAR, true);
  }

  private void check(
      String kind, int size, ResizeMode mode, Interpolation interpolation, boolean boxed)
      throws IOException {
    FaceBox box = boxed ? new FaceBox(0, 0, false) : null;
    Augmentation augmentation =
        Augmentation.evaluation(box, mode, interpolation).rounded(CropRounding.EVEN);
    List<String> problems = new ArrayList<>();
    int compared = 0;
    try (Augmenter augmenter = new Augmenter(augmentation, size, ONES, ONES);
        Painted out = Painted.blank(size)) {
      for (JsonNode image :
          Json.LINE.readTree(GOLDEN.resolve("meta.json").toFile()).get("images")) {
        Path path = GOLDEN.resolve(image.get("file").asText());
        String name = Objects.requireNonNull(path.getFileName()).toString();
        JsonNode entry = header.get(name + "/" + kind);
        if (entry == null) {
          continue;
        }
        render(augmenter, image, path, boxed ? image.get("box_xyxy") : null, out);
        compared++;
        int begin = body + entry.get("data_offsets").get(0).asInt();
        int[] levels = out.levels();
        int off = 0;
        int largest = 0;
        for (int i = 0; i < levels.length; i++) {
          int gap = Math.abs(levels[i] - (expected.get(begin + i) & 0xff));
          off += gap > 1 ? 1 : 0;
          largest = Math.max(largest, gap);
        }
        if (largest > 2 || off > levels.length / 1000) {
          problems.add(
              String.format(
                  Locale.ROOT, "%s: %d are off by more than 1, up to %d", name, off, largest));
        }
      }
    }
    assertThat(problems).isEmpty();
    assertThat(compared).isGreaterThan(5);
  }

  private void render(
      Augmenter augmenter, JsonNode image, Path path, @Nullable JsonNode box, Painted out) {
    int flags = opencv_imgcodecs.IMREAD_COLOR_RGB | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
    int width = image.get("upright_size_wh").get(0).asInt();
    int height = image.get("upright_size_wh").get(1).asInt();
    double[] corners = null;
    if (box != null) {
      corners = new double[4];
      for (int i = 0; i < 4; i++) {
        corners[i] = box.get(i).asDouble();
      }
    }
    try (Mat decoded = opencv_imgcodecs.imread(path.toString(), flags)) {
      Pixels pixels =
          new Pixels().at(decoded.data().address(), decoded.cols(), decoded.rows(), decoded.step());
      Orientation orientation = Orientation.ofTag(image.get("exif_orientation").asInt(1));
      FakePicture stored =
          new FakePicture(width, height, orientation, (reduction, wanted) -> pixels);
      assertThat(augmenter.vary(stored, corners, false, random, out.address())).isNotNull();
    }
  }
}
