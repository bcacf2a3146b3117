package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a model folder's file to the pixels the model sees, against Pillow's on the same drawn
 * pictures; the README beside the numbers says how those came about.
 */
class DrawnPicturesTest {
  private static final Path NUMBERS = Path.of("../augment/src/test/resources/pillow");
  private static final int SIZE = 32;
  private static final List<String> SIZES =
      List.of("128x128", "160x120", "66x64", "70x64", "64x67", "30x20", "25x70", "511x97");

  @TempDir Path folder;

  @Test
  void aFolderOfHuggingFaceGivesTheShorterSideAndTheCentreRoundedDown() throws Exception {
    check(
        "down",
        Preprocessing.FILE,
        """
        {"feature_extractor_type": "CLIPFeatureExtractor", "do_resize": true, "size": 32,
         "do_center_crop": true, "crop_size": 32, "resample": 3}
        """);
  }

  @Test
  void aFolderOfOpenClipGivesTheShorterSideAndTheCentreRoundedToEven() throws Exception {
    check("clip", "open_clip_config.json", "{\"preprocess_cfg\": {}}");
  }

  @Test
  void aFileOfSiglipGivesBothSides() throws Exception {
    check(
        "squash",
        Preprocessing.FILE,
        """
        {"image_processor_type": "SiglipImageProcessor", "do_resize": true,
         "size": {"height": 32, "width": 32}, "resample": 3}
        """);
  }

  private void check(String kind, String file, String preprocessor) throws Exception {
    Files.writeString(
        folder.resolve(ModelDirectory.CONFIG),
        Json.LINE.writeValueAsString(
            ModelPreset.TINY.config(SIZE, 16, 12, 520, 518, 519).toJson()));
    Files.writeString(folder.resolve(file), preprocessor);
    Config config = config();
    List<String> problems = new ArrayList<>();
    int compared = 0;
    try (Dataset dataset = Sources.heldOut(config.data());
        Loader loader =
            Loader.start(
                dataset,
                Loading.scoring(config),
                Loading.plain(config, Models.preprocessing(config, folder)),
                BenchWork.noText(),
                Quarantine.none(),
                Position.START)) {
      for (Batch batch = loader.next(); batch != null; batch = loader.next()) {
        try (Batch open = batch) {
          for (int i = 0; i < open.size(); i++) {
            compared++;
            String name = open.captions(i).getFirst();
            int bytes = SIZE * SIZE * 3;
            ByteBuffer found = open.images().slice(i * bytes, bytes);
            byte[] expected = Files.readAllBytes(numbers(name, kind));
            if (found.mismatch(ByteBuffer.wrap(expected)) >= 0) {
              problems.add(name);
            }
          }
        }
      }
    }
    assertThat(problems).isEmpty();
    assertThat(compared).isEqualTo(SIZES.size());
  }

  /** Where both roundings give the same, it stands there once. */
  private static Path numbers(String name, String kind) {
    Path down = NUMBERS.resolve(name + ".down.rgb");
    return kind.equals("down") && !Files.exists(down)
        ? numbers(name, "clip")
        : NUMBERS.resolve(name + "." + kind + ".rgb");
  }

  /** A list of the upright pictures, each with its name as its caption. */
  private Config config() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String size : SIZES) {
      String name = size + "-1";
      String[] sides = size.split("x", 2);
      draw(name, Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
      lines
          .append(
              Json.LINE.writeValueAsString(
                  Map.of("image", name + ".png", "caption", name, "split", "test")))
          .append('\n');
    }
    Files.writeString(folder.resolve("captions.jsonl"), lines);
    Path file = folder.resolve("my.yaml");
    Files.writeString(
        file,
        """
        data: {root: %s, threads: 2}
        augment: []
        model: {init: %s}
        eval: {batch: 4}
        """
            .formatted(folder.resolve("captions.jsonl"), folder));
    return Config.load(file, List.of());
  }

  private void draw(String name, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int red = 7 * x + 13 * y & 0xff;
        int green = x * x + 3 * y & 0xff;
        int blue = (x / 5 + y / 7) % 2 * 255;
        image.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    ImageIO.write(image, "png", folder.resolve(name + ".png").toFile());
  }
}
