package dev.facet.model.weights.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.model.tensors.WeightFiles;
import dev.facet.model.weights.Hostile;
import dev.facet.model.weights.TensorType;
import dev.facet.model.weights.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardedSafetensorsTest {
  @TempDir Path folder;

  @BeforeEach
  void writeShards() throws IOException {
    shard("one.safetensors", "a", "b");
    shard("two.safetensors", "c");
  }

  @Test
  void theTensorsOfAllShardsAreFound() throws IOException {
    index("\"a\":\"one.safetensors\",\"b\":\"one.safetensors\",\"c\":\"two.safetensors\"");
    try (Weights weights = WeightFiles.open(folder)) {
      assertThat(weights.tensors()).containsOnlyKeys("a", "b", "c");
      assertThat(weights.file()).hasFileName("model.safetensors.index.json");
    }
  }

  @Test
  void allMissingShardsAreNamedAtOnce() throws IOException {
    Hostile.refused(index("\"a\":\"x.safetensors\",\"b\":\"y.safetensors\""), "x.safetensors, y.s");
  }

  @Test
  void allDisagreementsAreNamedAtOnce() throws IOException {
    Path index =
        index("\"a\":\"one.safetensors\",\"c\":\"one.safetensors\",\"d\":\"two.safetensors\"");
    Hostile.refused(index, "b of one.safetensors is not in the index");
    Hostile.refused(index, "c is in two.safetensors, not in one.safetensors");
    Hostile.refused(index, "d is not in two.safetensors");
  }

  @Test
  void aTensorInTwoShardsIsRefused() throws IOException {
    shard("three.safetensors", "a", "d");
    String map = "\"a\":\"one.safetensors\",\"b\":\"one.safetensors\",\"d\":\"three.safetensors\"";
    Hostile.refused(index(map), "a is in two files");
  }

  @Test
  void shardsTogetherKeepToTheBoundOfOneFile() throws IOException {
    for (String file : List.of("x", "y", "z")) {
      shard(
          file + ".safetensors",
          IntStream.range(0, 8000).mapToObj(i -> file + i).toArray(String[]::new));
    }
    Hostile.refused(
        index("\"x\":\"x.safetensors\",\"y\":\"y.safetensors\",\"z\":\"z.safetensors\""),
        "its files hold more than 20000 tensors");
  }

  @Test
  void ofManyDisagreementsTheFirstAreNamedAndTheOthersCounted() throws IOException {
    shard("x.safetensors", IntStream.range(0, 5000).mapToObj(i -> "x" + i).toArray(String[]::new));
    Hostile.refused(index("\"x0\":\"x.safetensors\""), "and 4979 more");
  }

  @ParameterizedTest
  @CsvSource({
    "../x.safetensors",
    "/etc/passwd",
    "sub/x.safetensors",
    "..",
    "''",
    ".hidden",
    "a\\\\b",
    "a\\u0000b"
  })
  void aShardOutsideTheFolderIsRefused(String file) throws IOException {
    Hostile.refused(index("\"a\":\"" + file + "\""), "not the name of a file in the same folder");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | no JSON object",
        "{} | no weight_map",
        "{\"weight_map\":[]} | no object",
        "{\"weight_map\":{\"a\":1}} | not the name of a file",
        "{\"weight_map\":{\"a\":\"x\",\"a\":\"x\"}} | names a twice",
        "{\"weight_map\": | not valid JSON",
        "{\"metadata\":[[[[[[[[[[[[[[1]]]]]]]]]]]]]]} | not valid JSON"
      })
  void anIndexOfAnotherShapeIsRefused(String json, String reason) throws IOException {
    Path index = folder.resolve("model.safetensors.index.json");
    Hostile.refused(Files.writeString(index, json), reason);
  }

  private Path index(String map) throws IOException {
    return Files.writeString(
        folder.resolve("model.safetensors.index.json"),
        "{\"metadata\":{\"total_size\":12},\"weight_map\":{" + map + "}}");
  }

  private void shard(String file, String... names) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    for (String name : names) {
      writer.add(name, TensorType.F32, new long[] {1}, () -> ByteBuffer.allocate(4));
    }
    writer.write(folder.resolve(file));
  }
}
