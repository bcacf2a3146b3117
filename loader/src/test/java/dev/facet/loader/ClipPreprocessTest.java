package dev.facet.loader;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.augment.Augmentation;
import dev.facet.augment.resample.CropRounding;
import dev.facet.base.Json;
import dev.facet.loader.data.MemoryDataset;
import dev.facet.loader.picture.ImageSettings;
import dev.facet.loader.quarantine.Quarantine;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Evaluation's pictures against CLIP's own transform run by Pillow on photos. */
@Tag("kit")
class ClipPreprocessTest {
  private static final Path GOLDEN =
      Path.of(System.getProperty("facet.shared", "../../shared"), "golden/preprocess");

  @Test
  void evaluationSeesWhatClipSees() throws Exception {
    ByteBuffer file =
        ByteBuffer.wrap(Files.readAllBytes(GOLDEN.resolve("expected.safetensors")))
            .order(ByteOrder.LITTLE_ENDIAN);
    int headerLength = (int) file.getLong(0);
    JsonNode header =
        Json.LINE.readTree(new String(file.array(), 8, headerLength, StandardCharsets.UTF_8));
    List<String> problems = new ArrayList<>();
    for (JsonNode image : Json.LINE.readTree(GOLDEN.resolve("meta.json").toFile()).get("images")) {
      Path path = GOLDEN.resolve(image.get("file").asText());
      String name = Objects.requireNonNull(path.getFileName()).toString();
      if (name.endsWith(".tiff")) {
        continue; // not a format for photos on the web
      }
      int begin = header.get(name + "/clip").get("data_offsets").get(0).asInt();
      ByteBuffer got = picture(Files.readAllBytes(path));
      int different = 0;
      int far = 0;
      int largest = 0;
      for (int i = 0; i < 224 * 224 * 3; i++) {
        int gap = Math.abs((got.get(i) & 0xff) - (file.get(8 + headerLength + begin + i) & 0xff));
        different += gap > 0 ? 1 : 0;
        far += gap > 1 ? 1 : 0;
        largest = Math.max(largest, gap);
      }
      double share = different / (224.0 * 224 * 3);
      if (largest > 2 || far > 224 * 224 * 3 / 1000 || share > 0.05) {
        problems.add(
            String.format(Locale.ROOT, "%s: %.3f differ, by up to %d", name, share, largest));
      }
    }
    assertThat(problems).isEmpty();
  }

  private static ByteBuffer picture(byte[] bytes) throws InterruptedException {
    MemoryDataset dataset = new MemoryDataset(1);
    dataset.add(bytes, null);
    ImageSettings images =
        new ImageSettings(
            224,
            Augmentation.evaluation(0).rounded(CropRounding.EVEN),
            ImageSettings.CLIP_MEAN,
            ImageSettings.CLIP_STD);
    try (Loader loader =
            Loader.start(
                dataset,
                new Setup().settings(),
                images,
                Setup.TEXT,
                Quarantine.none(),
                Position.START);
        Batch batch = Objects.requireNonNull(loader.next())) {
      assertThat(batch.size()).isEqualTo(1);
      return Setup.Copy.of(batch).images();
    }
  }
}
