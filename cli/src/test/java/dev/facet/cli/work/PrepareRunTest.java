package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import dev.facet.loader.table.EmbeddingRow;
import dev.facet.loader.table.EmbeddingShardWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program makes shards, other programs' forms and pairs of vectors, and takes down. */
final class PrepareRunTest {
  private static final int PICTURES = 160;

  @TempDir private Path folder;
  private SmallRun facet;

  @BeforeEach
  void program() throws IOException {
    facet = new SmallRun(folder);
  }

  @Test
  void tarsAndConversationsHoldAllPicturesAndAreReadAgain() throws IOException {
    facet.withPictures();
    Path tars = folder.resolve("tars");
    Path talks = folder.resolve("talks");
    Path shards = folder.resolve("shards");

    int toTars =
        facet.facet("prepare", "--to", "webdataset", "--source", data(), "--out", "" + tars);
    int toTalks =
        facet.facet(
            "prepare",
            "--to",
            "llava",
            "--prompt",
            "Who?",
            "--set",
            "source.preset=webdataset",
            "--source",
            "" + tars,
            "--out",
            "" + talks);
    int toShards =
        facet.facet(
            "prepare",
            "--source",
            "" + talks,
            "--out",
            "" + shards,
            "--set",
            "source.kind=pictures",
            "--set",
            "source.preset=llava");

    assertThat(List.of(toTars, toTalks, toShards)).as(facet.err()).containsOnly(0);
    assertThat(counts(shards).path("rows").asInt()).isEqualTo(PICTURES);
    assertThat(counts(shards).path("downloads_ok").asInt()).isEqualTo(PICTURES);
    assertThat(Json.LINE.readTree(talks.resolve("train.json").toFile()).get(0).toString())
        .contains("<image>\\nWho?");
  }

  @Test
  void captionsAreJoinedToVectorsAndTheCommandIsKept() throws IOException {
    Path table = folder.resolve("captions.jsonl");
    Files.writeString(
        table,
        """
        {"id": "a", "url": "http://127.0.0.1:9/1.jpg", "caption": "one"}
        {"id": "b", "url": "http://127.0.0.1:9/2.jpg", "caption": "two"}
        {"id": "c", "url": "http://127.0.0.1:9/3.jpg", "caption": "three"}
        """);
    Path vectors = vectors("a", "c", "z");
    Path out = folder.resolve("my pairs");
    String[] command = {
      "prepare",
      "--source",
      table.toString(),
      "--embeddings",
      vectors.toString(),
      "--out",
      out.toString(),
      "--set",
      "source.kind=embeddings",
      "--set",
      "source.columns.id=[id]",
    };

    String[] nameless = Arrays.copyOf(command, command.length - 2);
    assertThat(facet.facet(withDryRun(nameless))).isEqualTo(2);
    assertThat(facet.err()).contains("set source.columns.id");
    assertThat(facet.facet(withDryRun(command))).as(facet.err()).isZero();
    assertThat(facet.err())
        .contains("source: 3 rows in 1 file(s)", "vectors: 3 of 4 numbers in 1 file(s)");
    assertThat(out).doesNotExist();
    assertThat(facet.facet(command)).as(facet.err()).isZero();

    assertThat(facet.out())
        .containsPattern("samples +2\n")
        .containsPattern("no_embedding +1 +33.3%\n");
    assertThat(counts(out).path("command").asText())
        .startsWith("facet prepare --source ")
        .contains(" --out '" + out + "' --set source.kind=embeddings");
  }

  @Test
  void whatIsTakenDownLeavesShardsThatAreThere() throws IOException {
    facet.withPictures();
    Path list = folder.resolve("list.txt");
    Files.writeString(list, "id: synth-3-0000007\n");

    int done = facet.facet("prepare", "--takedown", "" + list, "--in", data());

    assertThat(done).as(facet.err()).isZero();
    assertThat(facet.out()).contains("1 samples removed: 1 shards rewritten, 0 gone");
    assertThat(facet.facet("inspect", data(), "--json")).isZero();
    assertThat(facet.out()).contains("" + (PICTURES - 1));
  }

  @Test
  void whatWouldNotBeHeededIsRefused() {
    assertThat(facet.facet("prepare", "--source", data(), "--out", "x", "--prompt", "Who?"))
        .isEqualTo(2);
    assertThat(facet.err()).contains("--prompt goes with --to llava");
    assertThat(facet.facet("prepare", "--source", data(), "--out", "x", "--samples-per-file", "5"))
        .isEqualTo(2);
    assertThat(facet.err()).contains("--samples-per-file goes with --to");
  }

  private String data() {
    return facet.data().toString();
  }

  private static JsonNode counts(Path out) throws IOException {
    return Json.LINE.readTree(out.resolve("prepare.json").toFile());
  }

  private static String[] withDryRun(String... command) {
    String[] longer = Arrays.copyOf(command, command.length + 1);
    longer[command.length] = "--dry-run";
    return longer;
  }

  private Path vectors(String... ids) throws IOException {
    Path file = folder.resolve("vectors.parquet");
    try (EmbeddingShardWriter writer = new EmbeddingShardWriter(file, 4, false, List.of(), 100)) {
      for (String id : ids) {
        writer.write(
            new EmbeddingRow(
                id, new float[] {1, 2, 3, 4}, List.of("-"), new LinkedHashMap<>(), "", "train"));
      }
    }
    return file;
  }
}
