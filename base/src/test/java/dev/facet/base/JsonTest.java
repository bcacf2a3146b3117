package dev.facet.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void aFileThatHoldsNullSaysSo() throws IOException {
    try (FileSystem disk = Jimfs.newFileSystem(Configuration.unix())) {
      Path file = Files.writeString(disk.getPath("/config.json"), "null");
      for (Class<?> type : List.of(JsonNode.class, ObjectNode.class, String.class)) {
        assertThatThrownBy(() -> Json.read(file, type))
            .isInstanceOf(FacetException.class)
            .hasMessageContaining("config.json holds nothing but null");
      }
    }
  }

  @Test
  void whatIsNoFiniteNumberIsWrittenAsNullWhereverItStands() throws IOException {
    record Figures(double d, float f, Double boxed, double[] many) {}
    Figures none =
        new Figures(
            Double.NaN,
            Float.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            new double[] {Double.NaN, 1});
    String nulls = "{\"d\":null,\"f\":null,\"boxed\":null,\"many\":[null,1.0]}";
    assertThat(Json.LINE.writeValueAsString(none)).isEqualTo(nulls);
    ObjectNode tree = Json.LINE.createObjectNode().put("d", Double.NaN).put("f", 1 / 0f);
    tree.set("in", Json.LINE.valueToTree(none));
    assertThat(Json.LINE.writeValueAsString(tree))
        .isEqualTo("{\"d\":null,\"f\":null,\"in\":" + nulls + "}");
    assertThat(Json.PRETTY.writeValueAsString(List.of(1.5, Double.NaN))).isEqualTo("[ 1.5, null ]");
  }

  @Test
  void aFileThatIsFarTooLargeIsNotRead() throws IOException {
    try (FileSystem disk = Jimfs.newFileSystem(Configuration.unix())) {
      Path file = Files.write(disk.getPath("/config.json"), new byte[(8 << 20) + 1]);
      assertThatThrownBy(() -> Json.read(file, JsonNode.class))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("config.json has 8388609 bytes, more than the 8388608");
    }
  }
}
