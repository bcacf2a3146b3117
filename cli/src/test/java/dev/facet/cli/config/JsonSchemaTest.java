package dev.facet.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class JsonSchemaTest {
  static Stream<Arguments> everyKey() {
    return Stream.of(Defaults.values()).flatMap(JsonSchemaTest::keys);
  }

  private static Stream<Arguments> keys(Defaults defaults) {
    Keys keys = defaults.keys();
    return Stream.concat(keys.all().keySet().stream(), keys.sections().stream())
        .map(path -> Arguments.of(defaults, path));
  }

  @ParameterizedTest
  @MethodSource("everyKey")
  void everySettingIsInTheSchemaWithItsMeaning(Defaults defaults, String path) throws IOException {
    JsonNode property = property(defaults, path);
    assertThat(property.path("description").asText()).isNotBlank();
    assertThat(property.has("type") || property.has("enum")).isTrue();
  }

  @Test
  void theSchemaTellsTypesRangesAndChoices() throws IOException {
    assertThat(property("train.batch").path("type").asText()).isEqualTo("integer");
    assertThat(property("train.batch").path("minimum").asLong()).isEqualTo(2);
    assertThat(property("train.lr").path("exclusiveMinimum").asLong()).isZero();
    assertThat(property("model.image_size").path("type").toString())
        .isEqualTo("[\"integer\",\"null\"]");
    assertThat(property("eval.ties").path("enum").toString())
        .isEqualTo("[\"index\",\"optimistic\",\"pessimistic\",\"mid\"]");
    JsonNode crop =
        property("augment").path("items").path("properties").path("random_resized_crop");
    assertThat(crop.path("properties").path("scale").path("items").path("maximum").asLong())
        .isEqualTo(1);
    assertThat(crop.path("additionalProperties").asBoolean(true)).isFalse();
    assertThat(property("data.columns.captions").path("type").toString())
        .isEqualTo("[\"string\",\"array\",\"object\",\"null\"]");
    assertThat(property("data.background").path("items").path("maximum").asLong()).isEqualTo(255);
    JsonNode entry = property("data.mixture").path("items");
    assertThat(entry.path("required").toString()).isEqualTo("[\"root\"]");
    assertThat(entry.path("additionalProperties").asBoolean(true)).isFalse();
    assertThat(entry.path("properties").path("preset").path("enum").toString())
        .startsWith("[\"facet\",")
        .endsWith(",null]");
    assertThat(property("train").path("additionalProperties").asBoolean(true)).isFalse();
  }

  private static JsonNode property(String path) throws IOException {
    return property(Defaults.RUN, path);
  }

  private static JsonNode property(Defaults defaults, String path) throws IOException {
    JsonNode node = Json.LINE.readTree(JsonSchema.text(defaults));
    for (String name : path.split("\\.", -1)) {
      node = node.path("properties").path(name);
    }
    return node;
  }
}
