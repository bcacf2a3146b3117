package dev.facet.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreprocessingTest {
  @TempDir Path folder;

  private Preprocessing read(String json) throws IOException {
    Files.writeString(folder.resolve(Preprocessing.FILE), json);
    return Preprocessing.of(folder, 64);
  }

  @Test
  void clipsResizingIsWrittenAsItsShorterSideAndACrop() throws IOException {
    JsonNode json = Json.LINE.readTree(Preprocessing.clip(64).toJson());
    assertThat(json.path("size").toString()).isEqualTo("{\"shortest_edge\":64}");
    assertThat(json.path("resample").asInt()).isEqualTo(3);
    assertThat(json.path("do_center_crop").asBoolean()).isTrue();
  }

  @Test
  void squashingIsWrittenAsBothSidesWithoutACrop() throws IOException {
    Resizing squash = new Resizing(true, Resizing.BILINEAR);
    JsonNode json = Json.LINE.readTree(Preprocessing.clip(64).resized(squash).toJson());
    assertThat(json.path("size").toString()).isEqualTo("{\"height\":64,\"width\":64}");
    assertThat(json.path("resample").asInt()).isEqualTo(2);
    assertThat(json.path("do_center_crop").asBoolean(true)).isFalse();
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    for (boolean squash : List.of(true, false)) {
      Preprocessing written =
          new Preprocessing(
              64,
              List.of(0.5, 0.4, 0.3),
              List.of(0.2, 0.3, 0.4),
              new Resizing(squash, Resizing.BILINEAR));
      assertThat(read(written.toJson())).isEqualTo(written);
    }
  }

  @Test
  void publishedFilesWithoutAnObjectOfSizesMeanTheShorterSide() throws IOException {
    assertThat(read("{\"size\": 224, \"crop_size\": 224}").resizing()).isEqualTo(Resizing.CLIP);
    assertThat(read("{\"resample\": 1}").resizing()).hasToString("shortest, Pillow's filter 1");
  }
}
