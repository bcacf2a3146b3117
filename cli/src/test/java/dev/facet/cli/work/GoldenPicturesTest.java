package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import dev.facet.cli.config.Config;
import dev.facet.loader.Batch;
import dev.facet.loader.Loader;
import dev.facet.loader.Position;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.quarantine.Quarantine;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.clip.ModelPreset;
import dev.facet.model.pictures.Preprocessing;
import dev.facet.model.weights.TensorEntry;
import dev.facet.model.weights.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a model folder's file to the pixels the model sees, against torchvision's transforms on
 * Pillow's own pictures.
 */
@Tag("kit")
class GoldenPicturesTest {
  private static final Path GOLDEN =
      Path.of(System.getProperty("facet.shared", "../../shared"), "golden/preprocess")
          .toAbsolutePath();
  private static final int SIZE = 224;

  @TempDir Path folder;

  @Test
  void aFolderOfOpenClipGivesTheShorterSideAndTheCentre() throws Exception {
    check("clip", "open_clip_config.json", "{\"preprocess_cfg\": {}}");
  }

  @Test
  void aFileOfSiglipGivesBothSides() throws Exception {
    check(
        "squash",
        Preprocessing.FILE,
        """
        {"image_processor_type": "SiglipImageProcessor", "do_resize": true,
         "size": {"height": 224, "width": 224}, "resample": 3}
        """);
  }

  private void check(String kind, String file, String preprocessor) throws Exception {
    model(file, preprocessor);
    Config config = config();
    Preprocessing wanted = Models.preprocessing(config, folder);
    List<String> problems = new ArrayList<>();
    int compared = 0;
    try (SafetensorsFile expected = SafetensorsFile.open(GOLDEN.resolve("expected.safetensors"));
        Dataset dataset = Sources.heldOut(config.data());
        Loader loader =
            Loader.start(
                dataset,
                Loading.scoring(config),
                Loading.plain(config, wanted),
                BenchWork.noText(),
                Quarantine.none(),
                Position.START)) {
      for (Batch batch = loader.next(); batch != null; batch = loader.next()) {
        try (Batch open = batch) {
          for (int i = 0; i < open.size(); i++) {
            String name = open.captions(i).getFirst();
            TensorEntry entry = expected.find(name + "/" + kind);
            if (entry != null) {
              compared++;
              int bytes = SIZE * SIZE * 3;
              compare(
                  name,
                  open.images().slice(i * bytes, bytes),
                  entry.data().asByteBuffer(),
                  problems);
            }
          }
        }
      }
    }
    assertThat(problems).isEmpty();
    assertThat(compared).isGreaterThan(5);
  }

  private static void compare(
      String name, ByteBuffer found, ByteBuffer expected, List<String> problems) {
    int off = 0;
    int largest = 0;
    for (int i = 0; i < found.capacity(); i++) {
      int gap = Math.abs((found.get(i) & 0xff) - (expected.get(i) & 0xff));
      off += gap > 1 ? 1 : 0;
      largest = Math.max(largest, gap);
    }
    if (largest > 2 || off > found.capacity() / 1000) {
      problems.add(
          String.format(
              Locale.ROOT, "%s: %d are off by more than 1, up to %d", name, off, largest));
    }
  }

  private void model(String file, String preprocessor) throws IOException {
    Files.writeString(
        folder.resolve(ModelDirectory.CONFIG),
        Json.LINE.writeValueAsString(
            ModelPreset.TINY.config(SIZE, 16, 12, 520, 518, 519).toJson()));
    Files.writeString(folder.resolve(file), preprocessor);
  }

  private Config config() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (JsonNode image : Json.LINE.readTree(GOLDEN.resolve("meta.json").toFile()).get("images")) {
      String file = image.get("file").asText();
      String name = Path.of(file).getFileName().toString();
      lines
          .append(
              Json.LINE.writeValueAsString(Map.of("image", file, "caption", name, "split", "test")))
          .append('\n');
    }
    Files.writeString(folder.resolve("captions.jsonl"), lines);
    Path file = folder.resolve("my.yaml");
    Files.writeString(
        file,
        """
        data: {root: %s, image_root: %s, threads: 2}
        augment: []
        model: {init: %s}
        eval: {batch: 4}
        """
            .formatted(folder.resolve("captions.jsonl"), GOLDEN, folder));
    return Config.load(file, List.of());
  }
}
