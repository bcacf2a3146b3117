package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import dev.facet.cli.command.Facet;
import dev.facet.cli.console.Console;
import dev.facet.cli.console.Terminal;
import dev.facet.loader.table.EmbeddingRow;
import dev.facet.loader.table.EmbeddingShardWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training, evaluation and export on vectors that stand in the places of pictures. */
final class VectorRunTest {
  private static final int WIDTH = 24;
  private static final String DRY = "--dry-run";
  private static final List<String> WORDS = List.of("red", "green", "blue", "grey");

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void captionsLearnToFindStoredVectorsWithoutAnyPicture() throws Exception {
    Path data = vectors(WIDTH);
    Path run = folder.resolve("run");
    assertThat(train(data, run, "train.epochs=12")).as(err::toString).isZero();
    JsonNode figures = Json.read(run.resolve("eval.json"), JsonNode.class);
    // Four colours, and a caption of each: one of them is told from the others for certain.
    assertThat(figures.path("text_to_image").path("r1").asDouble()).isGreaterThan(0.9);
    Path best = run.resolve("checkpoints/best");
    JsonNode config = Json.read(best.resolve("config.json"), JsonNode.class);
    assertThat(config.path("model_type").asText()).isEqualTo("clip_text_model");
    assertThat(config.path("architectures").path(0).asText())
        .isEqualTo("CLIPTextModelWithProjection");
    assertThat(best.resolve("preprocessor_config.json")).doesNotExist();

    assertThat(facet("eval", "--checkpoint", best.toString(), "--data", data.toString(), "--json"))
        .as(err::toString)
        .isZero();
    JsonNode again =
        Json.LINE.readTree(out.toString().substring(out.toString().lastIndexOf("\n{")));
    assertThat(again.path("text_to_image").equals(figures.path("text_to_image"))).isTrue();

    Path exported = folder.resolve("export");
    assertThat(export(best, exported, "huggingface")).as(err::toString).isZero();
    assertThat(Files.readString(exported.resolve("config.json")))
        .isEqualTo(Files.readString(best.resolve("config.json")));
    assertThat(export(best, folder.resolve("other"), "open_clip")).isEqualTo(2);
    assertThat(err.toString()).contains("learned from stored vectors", "--to huggingface");
  }

  @Test
  void tokensMadeBeforehandChangeNothingOfARun() throws Exception {
    Path data = vectors(WIDTH);
    Path plain = folder.resolve("plain");
    Path stored = folder.resolve("stored");
    assertThat(train(data, plain)).as(err::toString).isZero();
    assertThat(train(data, stored, "data.stored_tokens=true")).as(err::toString).isZero();
    assertThat(err.toString()).contains("tokens: of 4 different captions, made beforehand");
    String weights = "checkpoints/best/model.safetensors";
    assertThat(stored.resolve(weights)).hasSameBinaryContentAs(plain.resolve(weights));

    String tokenizer = "model.tokenizer=" + plain.resolve("tokenizer.json");
    assertThat(train(data, folder.resolve("dry"), tokenizer, "model.context_length=4", DRY))
        .as(err::toString)
        .isZero();
    assertThat(err.toString()).contains("captions: 100.0% of 64 that were looked at");
  }

  @Test
  void inspectTellsVectorsInThePlacesOfPictures() throws Exception {
    String[] inspect = {"inspect", vectors(WIDTH).toString(), "--set", "data.pictures=vectors"};
    assertThat(facet(inspect)).as(err::toString).isZero();
    assertThat(out.toString())
        .contains("vectors      of 24 numbers", "captions     1 per picture", "unusable     none")
        .doesNotContain(" px");
    assertThat(
            facet(
                Stream.concat(Stream.of(inspect), Stream.of("--sheet", "s.png"))
                    .toArray(String[]::new)))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--sheet", "data.pictures is vectors");
  }

  @Test
  void tokensOfWholeCaptionsAndPartsOfThemAreRefusedTogether() throws Exception {
    assertThat(
            train(
                vectors(WIDTH),
                folder.resolve("run"),
                "data.stored_tokens=true",
                "data.caption_sampling=sentence"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("data.stored_tokens", "data.caption_sampling");
  }

  @Test
  void withoutAHeadTheJointSpaceIsThatOfTheVectors() throws Exception {
    Path data = vectors(WIDTH);
    Path run = folder.resolve("run");
    assertThat(train(data, run, "model.vectors.head=none")).as(err::toString).isZero();
    JsonNode config = Json.read(run.resolve("checkpoints/best/config.json"), JsonNode.class);
    assertThat(config.path("projection_dim").asInt()).isEqualTo(WIDTH);

    assertThat(train(data, folder.resolve("b"), "model.vectors.head=none", "model.embed_dim=32"))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("24 numbers", "32", "model.embed_dim to 24", "model.vectors.head");
  }

  @Test
  void vectorsOfAnotherWidthThanTheModelsAreRefused() throws Exception {
    Path data = vectors(WIDTH);
    Path run = folder.resolve("run");
    assertThat(train(data, run, "train.epochs=1")).as(err::toString).isZero();
    Path wider = vectors(WIDTH + 1);
    assertThat(
            facet(
                "eval",
                "--checkpoint",
                run.resolve("checkpoints/best").toString(),
                "--data",
                wider.toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("have 25 numbers", "have 24", "data.root");
  }

  private int train(Path data, Path run, String... settings) throws IOException {
    Path config = Files.writeString(folder.resolve("my.yaml"), "seed: 3\n");
    Stream<String> given =
        Stream.of(
            "run.dir=" + run,
            "data.root=" + data,
            "data.pictures=vectors",
            "data.threads=2",
            "model.preset=tiny",
            "model.context_length=8",
            "model.vocab_size=300",
            "model.device=cpu",
            "train.batch=16",
            "train.epochs=2",
            "train.lr=0.002",
            "train.warmup_steps=2");
    return facet(
        Stream.concat(
                Stream.of("train", "--config", config.toString()),
                Stream.concat(given, Stream.of(settings))
                    .flatMap(each -> each.equals(DRY) ? Stream.of(DRY) : Stream.of("--set", each)))
            .toArray(String[]::new));
  }

  private int export(Path from, Path to, String form) {
    return facet("export", "--checkpoint", from.toString(), "--to", form, "--out", to.toString());
  }

  private int facet(String... arguments) {
    return Facet.run(
        new Console(new PrintWriter(out, true), new PrintWriter(err, true), Terminal.NONE),
        new AllWork(),
        arguments);
  }

  /** A direction for each colour, with a little noise; 64 to train on, 16 held out. */
  private Path vectors(int width) throws IOException {
    Path data = Files.createDirectory(folder.resolve("data" + width));
    Random random = new Random(1);
    for (String split : List.of("train", "test")) {
      try (EmbeddingShardWriter writer =
          new EmbeddingShardWriter(
              data.resolve(split + "-00000.parquet"), width, true, List.of(), 32)) {
        for (int i = 0; i < (split.equals("train") ? 64 : 16); i++) {
          float[] vector = new float[width];
          for (int k = 0; k < width; k++) {
            vector[k] = (float) (0.1 * random.nextGaussian());
          }
          vector[i % WORDS.size()] += 3;
          writer.write(
              new EmbeddingRow(
                  split + i,
                  vector,
                  List.of("a face in " + WORDS.get(i % WORDS.size())),
                  new LinkedHashMap<>(),
                  "",
                  split));
        }
      }
    }
    return data;
  }
}
