package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.cli.config.Assignment;
import dev.facet.cli.config.Config;
import dev.facet.cli.settings.DataConfig;
import dev.facet.cli.settings.ModelConfig;
import dev.facet.eval.log.EvalLine;
import dev.facet.eval.log.RunLog;
import dev.facet.loader.shard.writing.ShardFileWriter;
import dev.facet.loader.shard.writing.ShardRow;
import dev.facet.loader.table.EmbeddingRow;
import dev.facet.loader.table.EmbeddingShardWriter;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every config in {@code configs} runs, with other sizes, batches and starts alone. */
final class ShippedRunsTest {
  private static final int STEPS = 2;
  private static final int BATCH = 8;

  /** Rows by split; columns as the data sets have them that the configs name. */
  private static final Map<String, Integer> SPLITS =
      Map.of("train", STEPS * BATCH, "val", 8, "test", 8);

  private static final List<String> CAPTIONS = List.of("face_caption", "image_short_caption");

  @TempDir private static Path shared;
  @TempDir private Path folder;

  static Stream<Path> configs() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../configs"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @BeforeAll
  static void dataAndStarts() throws IOException {
    TinyFolders.clip(shared.resolve("clip"));
    TinyFolders.siglip(shared.resolve("siglip"));
    TinyFolders.flip(shared.resolve("flip"));
    Files.createDirectories(shared.resolve("pictures"));
    Files.createDirectories(shared.resolve("vectors"));
    int number = 0;
    for (Map.Entry<String, Integer> split : SPLITS.entrySet()) {
      String file = split.getKey() + "-00000.parquet";
      try (ShardFileWriter pictures =
              new ShardFileWriter(shared.resolve("pictures").resolve(file), CAPTIONS, 16);
          EmbeddingShardWriter vectors =
              new EmbeddingShardWriter(
                  shared.resolve("vectors").resolve(file), 24, false, List.of(), 16)) {
        for (int i = 0; i < split.getValue(); i++) {
          pictures.write(picture(number, split.getKey()));
          vectors.write(vector(number, split.getKey()));
          number++;
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void everyShippedConfigTrainsEvaluatesAndSaves(Path file) throws IOException {
    SmallRun facet = new SmallRun(folder);
    Path run = folder.resolve("run");
    assertThat(facet.facet(arguments(file, run))).as(facet::err).isZero();

    assertThat(SmallRun.losses(run)).hasSize(STEPS).allMatch(loss -> Float.isFinite(loss));
    assertThat(RunLog.read(run))
        .filteredOn(EvalLine.class::isInstance)
        .extracting(line -> ((EvalLine) line).set())
        .contains("val", "test");
    assertThat(run.resolve("checkpoints/step-0000000" + STEPS)).isDirectory();
    assertThat(run.resolve("checkpoints/best/model.safetensors")).isNotEmptyFile();
    assertThat(run.resolve("report.html")).isNotEmptyFile();
  }

  private static String[] arguments(Path file, Path run) {
    Config config = Config.loadForTraining(file, List.of(Assignment.parse("data.root=somewhere")));
    boolean vectors = config.data().pictures() == DataConfig.Pictures.VECTORS;
    List<String> settings = new ArrayList<>();
    settings.add("run.dir=" + run);
    settings.add("data.root=" + shared.resolve(vectors ? "vectors" : "pictures"));
    settings.add("data.holdout=0");
    settings.add("data.threads=2");
    settings.add("model.device=cpu");
    settings.add("model.preset=tiny");
    settings.add("model.vocab_size=520");
    if (!vectors) {
      settings.add("model.image_size=" + TinyFolders.PIXELS);
    }
    ModelConfig model = config.model();
    start(settings, "model.init", model.init());
    start(settings, "model.init_image", model.initImage());
    start(settings, "model.init_text", model.initText());
    settings.add("train.batch=" + BATCH);
    if (config.train().microBatch() != null) {
      settings.add("train.micro_batch=" + BATCH / 2);
    }
    settings.add("train.epochs=1");
    settings.add("train.warmup_steps=1");
    settings.add("train.checkpoint_every=" + STEPS);
    settings.add("train.eval_every=" + STEPS);
    List<String> arguments = new ArrayList<>(List.of("train", "--config", file.toString()));
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    return arguments.toArray(String[]::new);
  }

  /** The tiny model of the architecture that the folder's name begins with, clip-vit-base or so. */
  private static void start(List<String> settings, String setting, @Nullable Path named) {
    if (named != null) {
      String architecture = named.getFileName().toString().split("-", 2)[0];
      settings.add(setting + "=" + shared.resolve(architecture));
    }
  }

  private static ShardRow picture(int number, String split) throws IOException {
    BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.getHSBColor(number / 48f, 1, 1));
    pen.fillOval(5, 5, 30, 30);
    pen.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    List<String> captions = List.of(TinyFolders.caption(number));
    Map<String, List<String>> named = new LinkedHashMap<>();
    CAPTIONS.forEach(name -> named.put(name, captions));
    return new ShardRow(
        "row-" + number,
        bytes.toByteArray(),
        captions,
        null,
        40,
        40,
        Map.of(),
        "drawn",
        null,
        split,
        named);
  }

  private static EmbeddingRow vector(int number, String split) {
    float[] vector = new float[24];
    vector[number % 24] = 1;
    vector[number / 24] += 0.5f;
    return new EmbeddingRow(
        "row-" + number,
        vector,
        List.of(TinyFolders.caption(number)),
        new LinkedHashMap<>(),
        "",
        split);
  }
}
