package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Shipped configs on miniatures of the data sets that they are for. */
@Tag("kit")
final class ShippedConfigsKitTest {
  private static final Path KIT =
      Path.of(System.getProperty("facet.shared", "../../shared"), "kit").toAbsolutePath();
  private static final Path CONFIGS = Path.of("../configs");

  @TempDir private Path folder;
  private SmallRun facet;

  static Stream<Path> preparations() throws IOException {
    try (Stream<Path> files = Files.list(CONFIGS.resolve("prepare"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @BeforeEach
  void program() throws IOException {
    facet = new SmallRun(folder);
  }

  @ParameterizedTest
  @MethodSource("preparations")
  void everyPreparationIsReadyForItsMiniature(Path config) {
    List<String> arguments = new ArrayList<>(List.of("prepare", "--dry-run"));
    arguments.addAll(List.of("--config", config.toString()));
    arguments.addAll(source(config.getFileName().toString().replace(".yaml", "")));
    arguments.addAll(List.of("--out", folder.resolve("out").toString()));
    assertThat(facet.facet(arguments.toArray(String[]::new))).as(facet::err).isZero();
    assertThat(facet.err()).contains("source: ");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void captionsLearnTheStoredVectorsOfTheMiniature() throws IOException {
    List<String> prepare = new ArrayList<>(List.of("prepare", "--config"));
    prepare.add(CONFIGS.resolve("prepare/facecaption-15m-embeddings.yaml").toString());
    prepare.addAll(source("facecaption-15m-embeddings"));
    prepare.addAll(List.of("--out", folder.resolve("data").toString()));
    assertThat(facet.facet(prepare.toArray(String[]::new))).as(facet::err).isZero();

    Path run = folder.resolve("run");
    List<String> train = new ArrayList<>(List.of("train", "--config"));
    train.add(CONFIGS.resolve("embeddings-lit.yaml").toString());
    Stream.of(
            "run.dir=" + run,
            "data.root=" + folder.resolve("data"),
            "data.holdout=0.1",
            "model.preset=tiny",
            "model.device=cpu",
            "train.batch=32",
            "train.epochs=2",
            "train.lr=1e-3",
            "train.warmup_steps=2",
            "train.eval_every=0")
        .forEach(setting -> train.addAll(List.of("--set", setting)));
    assertThat(facet.facet(train.toArray(String[]::new))).as(facet::err).isZero();
    List<Float> losses = SmallRun.losses(run);
    assertThat(losses.getLast()).isLessThan(losses.getFirst());
    assertThat(run.resolve("eval.json")).isNotEmptyFile();
  }

  /** What each head comment names as the source, in the miniature. */
  private static List<String> source(String config) {
    Path published = KIT.resolve("published");
    Path own = published.resolve(config);
    return switch (config) {
      case "facecaption-15m-embeddings" ->
          List.of(
              "--source",
              published.resolve("facecaption-15m/FaceCaption-v2.parquet").toString(),
              "--embeddings",
              own.toString());
      case "facecaption-15m" -> from(own.resolve("FaceCaption-v2.parquet"));
      case "humancaption-10m" -> from(own.resolve("HumanCaption-10M.parquet"));
      case "humancaption-hq-311k" -> from(own.resolve("human_caption_hq.parquet"));
      case "facecaptionhq-4m", "webdataset" -> from(own);
      case "facecaption-1m" -> from(own.resolve("json"), own.resolve("images"));
      case "flip" -> from(published.resolve("flip-json/nested"), KIT.resolve("faces/images"));
      case "llava" ->
          from(published.resolve("llava-json/humanvlm_train.json"), KIT.resolve("faces/images"));
      case "folder" -> from(KIT.resolve("faces"));
      default -> throw new IllegalStateException("no miniature for " + config + ".yaml");
    };
  }

  private static List<String> from(Path source) {
    return List.of("--source", source.toString());
  }

  private static List<String> from(Path source, Path pictures) {
    return List.of("--source", source.toString(), "--set", "source.image_root=" + pictures);
  }
}
