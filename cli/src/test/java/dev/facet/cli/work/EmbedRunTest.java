package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.cli.config.Assignment;
import dev.facet.cli.config.Config;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.table.VectorFields;
import dev.facet.loader.table.VectorFileWriter;
import dev.facet.loader.table.VectorRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Embeddings that are written once and scored without the model. */
final class EmbedRunTest {
  /** Of the vectors of the preset tiny. */
  private static final int WIDTH = 128;

  @TempDir static Path shared;
  private static SmallRun run;
  private static Path best;

  @TempDir Path folder;

  @BeforeAll
  static void aModel() throws IOException {
    run = new SmallRun(shared).withPictures();
    assertThat(run.train("--set", "train.epochs=1")).as(run::err).isZero();
    best = run.run().resolve("checkpoints/best");
  }

  @Test
  void everyPictureAndCaptionHasAUnitVectorUnderItsId() throws IOException {
    assertThat(embed("a", "--split", "test")).as(run::err).isZero();
    List<ObjectNode> pictures = StoredRows.of(folder.resolve("a/pictures"));
    List<ObjectNode> captions = StoredRows.of(folder.resolve("a/captions"));
    JsonNode manifest = Json.read(folder.resolve("a/embed.json"), JsonNode.class);

    assertThat(pictures).hasSize(16);
    assertThat(manifest.path("pictures").asInt()).isEqualTo(16);
    assertThat(manifest.path("captions").asInt()).isEqualTo(captions.size());
    assertThat(manifest.path("done")).isEqualTo(manifest.path("rows"));
    assertThat(pictures)
        .allSatisfy(
            row -> {
              double squares = 0;
              for (JsonNode number : row.path("embedding")) {
                squares += number.asDouble() * number.asDouble();
              }
              assertThat(squares).isBetween(0.9999, 1.0001);
              assertThat(row.path("model")).isEqualTo(manifest.path("of").path("model"));
            });
    String first = pictures.getFirst().path("id").asText();
    assertThat(captions)
        .filteredOn(row -> row.path("image_id").asText().equals(first))
        .extracting(row -> row.path("caption").asText())
        .containsExactlyElementsOf(texts(pictures.getFirst().path("captions")));
    assertThat(captions.getFirst().path("id").asText()).isEqualTo(first + "#0");
  }

  @Test
  void aRunThatWasEndedGoesOnToTheBytesOfOneThatWasNot() throws IOException {
    String[] small = {"--split", "train", "--batch", "16", "--rows-per-file", "48"};
    assertThat(embed("whole", small)).as(run::err).isZero();
    assertThat(embed("ended", small)).as(run::err).isZero();
    SortedMap<String, String> whole = files(folder.resolve("whole"));
    assertThat(whole).hasSize(7);

    // As a killed process leaves it: one part that counts, one whose files are there, one begun.
    Path ended = folder.resolve("ended");
    ObjectNode manifest = (ObjectNode) Json.read(ended.resolve("embed.json"), JsonNode.class);
    JsonNode part = manifest.withArray("parts").get(0);
    manifest.set("parts", Json.LINE.createArrayNode().add(part));
    manifest.set("done", part.path("rows"));
    manifest.set("pictures", part.path("pictures"));
    manifest.set("captions", part.path("captions"));
    Files.writeString(ended.resolve("embed.json"), manifest.toString());
    Files.writeString(ended.resolve("pictures/train-00001.parquet"), "cut");
    Files.delete(ended.resolve("pictures/train-00002.parquet"));
    Files.delete(ended.resolve("captions/train-00002.parquet"));
    Files.writeString(ended.resolve("pictures/.tmp-x-train-00002.parquet"), "begun");

    assertThat(embed("ended", small)).as(run::err).isZero();
    assertThat(files(ended)).isEqualTo(whole);
  }

  @Test
  void anotherTypeOrModelIsNotMixedIntoAFolder() throws IOException {
    assertThat(embed("a", "--split", "test")).as(run::err).isZero();
    SortedMap<String, String> before = files(folder.resolve("a"));
    assertThat(embed("a", "--split", "test", "--type", "float16")).isEqualTo(2);
    assertThat(run.err()).contains("type (float32 there, float16 asked for)", "another --out");
    assertThat(embed("a", "--split", "test", "--set", "data.background=[9,9,9]")).isEqualTo(2);
    assertThat(run.err()).contains("differ in model");
    assertThat(files(folder.resolve("a"))).isEqualTo(before);
  }

  @Test
  void picturesOfAFolderAreADataSetOfStoredVectors() throws IOException {
    assertThat(embed("a", "--split", "train", "--type", "float16")).as(run::err).isZero();
    List<Assignment> data =
        Stream.of("data.root=" + folder.resolve("a/pictures"), "data.pictures=vectors")
            .map(Assignment::parse)
            .toList();
    try (Dataset dataset = Sources.open(Config.load(null, data).data(), "train")) {
      assertThat(dataset.size()).isEqualTo(144);
      JsonNode manifest = Json.read(folder.resolve("a/embed.json"), JsonNode.class);
      assertThat(dataset.vectorWidth()).isEqualTo(manifest.path("of").path("width").asInt());
    }
  }

  @Test
  void storedVectorsHaveTheFiguresOfTheModelThatMadeThem() throws IOException {
    String[] model = {"eval", "--checkpoint", best.toString(), "--data", run.data().toString()};
    assertThat(run.facet(SmallRun.concat(model, "--split", "test", "--json")))
        .as(run::err)
        .isZero();
    JsonNode figures = last();
    assertThat(embed("a", "--split", "test")).as(run::err).isZero();
    assertThat(score("--json", "--out", folder.resolve("out").toString())).as(run::err).isZero();
    JsonNode stored = last();
    for (String each :
        List.of("image_to_text", "text_to_image", "conventions", "skipped", "rows")) {
      assertThat(stored.path(each)).as(each).isEqualTo(figures.path(each));
    }
    assertThat(folder.resolve("out/ranks.jsonl")).exists();
    assertThat(score("--require", "rsum>=601")).isEqualTo(1);
    assertThat(score("--split", "val")).isEqualTo(2);
    assertThat(run.err()).contains("leave them out");
    assertThat(score("--rerank", "4")).isEqualTo(2);
    assertThat(run.err()).contains("--rerank: a matching head reads pictures");
    assertThat(run.facet(SmallRun.concat(model, "--split", "test", "--rerank", "4"))).isEqualTo(2);
    assertThat(run.err()).contains("re-ranking needs a flip checkpoint");
  }

  @Test
  void attributesAreToldOfStoredVectorsWithTheModelThatMadeThem() throws IOException {
    assertThat(embed("a", "--split", "test", "--type", "float16")).as(run::err).isZero();
    StringBuilder table = new StringBuilder("file,round\n");
    for (JsonNode row : StoredRows.of(folder.resolve("a/pictures"))) {
      String id = row.path("id").asText();
      table.append("faces/").append(id).append(".png,").append(id.hashCode() & 1).append('\n');
    }
    Path labels = folder.resolve("labels.csv");
    Files.writeString(labels, table);
    Path prompts = folder.resolve("prompts.json");
    Files.writeString(
        prompts,
        """
        {"attributes": [{"name": "round", "positive": ["a round face"], "negative": ["a hat"]}]}
        """);
    String[] asked = {
      "--zero-shot", prompts.toString(), "--labels", labels.toString(), "--by", "round", "--json"
    };
    assertThat(score(SmallRun.concat(asked, "--text-model", best.toString())))
        .as(run::err)
        .isZero();
    JsonNode figures = last();
    assertThat(figures.at("/zero_shot/attributes/round/pictures").asInt()).isEqualTo(16);
    assertThat(figures.at("/groups/round/values")).hasSize(2);
    assertThat(score(asked)).isEqualTo(2);
    assertThat(run.err()).contains("--text-model");

    Path other = folder.resolve("other");
    assertThat(run.train("--set", "train.epochs=1", "--set", "seed=9", "--set", "run.dir=" + other))
        .as(run::err)
        .isZero();
    assertThat(score(SmallRun.concat(asked, "--text-model", other + "/checkpoints/best")))
        .isEqualTo(2);
    assertThat(run.err()).contains("the stored vectors were not made by this model");
  }

  @Test
  void vectorsThatDoNotBelongTogetherAreNotScored() throws IOException {
    assertThat(embed("a", "--split", "test")).as(run::err).isZero();
    assertThat(embed("b", "--split", "test", "--set", "data.background=[9,9,9]")).isZero();
    Path captions = folder.resolve("a/captions/test-00000.parquet");
    byte[] right = Files.readAllBytes(captions);
    Files.copy(
        folder.resolve("b/captions/test-00000.parquet"),
        captions,
        StandardCopyOption.REPLACE_EXISTING);
    assertRefused("vectors of different models cannot be compared");

    Files.write(captions, Arrays.copyOf(right, right.length / 2));
    assertThat(score()).isNotZero();
    Files.delete(captions);
    assertRefused("captions/test-00000.parquet is missing");

    Files.write(captions, right);
    Path pictures = folder.resolve("a/pictures/test-00000.parquet");
    rewrite(pictures, WIDTH, Float.NaN);
    assertRefused("vector of row 5", "NaN");
    rewrite(pictures, WIDTH + 1, 0.1f);
    assertRefused("has 129 numbers where all have 128");

    Path manifest = folder.resolve("a/embed.json");
    ObjectNode half = (ObjectNode) Json.read(manifest, JsonNode.class);
    Files.writeString(manifest, half.put("done", 7).toString());
    assertRefused("7 of 16 rows are embedded", "facet embed again");
  }

  private void assertRefused(String... words) {
    assertThat(score()).isEqualTo(2);
    assertThat(run.err().lines().toList().getLast()).contains(words);
  }

  /** The same rows with vectors of the test's own; row 5 has one odd number. */
  private static void rewrite(Path file, int width, float odd) throws IOException {
    List<ObjectNode> rows = StoredRows.of(Objects.requireNonNull(file.getParent()));
    Files.delete(file);
    VectorFields fields =
        new VectorFields(
            width,
            false,
            List.of(),
            List.of(),
            List.of("picture", "model"),
            List.of(),
            List.of("row"));
    try (VectorFileWriter out = new VectorFileWriter(file, fields, 100)) {
      for (int i = 0; i < rows.size(); i++) {
        float[] vector = new float[width];
        Arrays.fill(vector, 0.1f);
        vector[3] = i == 5 ? odd : 0.1f;
        JsonNode row = rows.get(i);
        out.write(
            new VectorRow(
                row.path("id").asText(),
                vector,
                0,
                Map.of(),
                Map.of(
                    "picture", row.path("picture").asText(), "model", row.path("model").asText()),
                Map.of("row", row.path("row").asLong())));
      }
    }
  }

  private int score(String... more) {
    return run.facet(
        SmallRun.concat(
            new String[] {"eval", "--embeddings", folder.resolve("a").toString()}, more));
  }

  private static JsonNode last() throws IOException {
    return Json.LINE.readTree(run.out().substring(run.out().lastIndexOf("\n{")));
  }

  private int embed(String name, String... more) {
    return run.facet(
        Stream.concat(
                Stream.of(
                    "embed",
                    "--checkpoint",
                    best.toString(),
                    "--out",
                    folder.resolve(name).toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private static SortedMap<String, String> files(Path folder) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        files.put(
            folder.relativize(file).toString(), new String(bytes, StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }
}
