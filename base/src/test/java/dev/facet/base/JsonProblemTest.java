package dev.facet.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonProblemTest {
  /** Something to bind to, whose name must not be told either. */
  record Bound(int count, List<String> names) {}

  private static final List<String> BITS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "'",
          "a",
          "\\x",
          "1",
          "01",
          "+1",
          ".5",
          "1e",
          "NaN",
          "nul",
          "//",
          "\u0001",
          "\n",
          "\"count\"",
          "\"names\"",
          "\"other\"",
          "1e99999",
          "9999999999");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"count\": | it ends within a value, line 1, column 10",
        "{\"count\" 1} | Unexpected character ('1' (code 49)), line 1, column 10",
        "{\"count\": NaN} | Non-standard token 'NaN', line 1, column 14",
        "{\"count\": oops} | Unrecognized token 'oops', line 1, column 11",
        "{\"count\": \"x\"} | the value of 'count' is not what should be there, line 1, column 11",
        "{\"names\": [1, {}]} | the value of 'names.1' is not what should be there, line 1",
        "{\"cuont\": 1} | 'cuont' is no key that belongs there, line 1",
        "{} {} | it is not what should be there, line 1"
      })
  void whatIsWrongIsSaidInPlainWordsWithItsPlace(String json, String message) {
    assertThat(JsonProblem.of(Objects.requireNonNull(failure(json)))).startsWith(message);
  }

  @Test
  void noNameOfAClassOrASettingIsEverTold() {
    Random random = new Random(3);
    int failures = 0;
    for (int round = 0; round < 1000; round++) {
      StringBuilder json = new StringBuilder("{\"count\": ");
      for (int bits = random.nextInt(8); bits > 0; bits--) {
        json.append(BITS.get(random.nextInt(BITS.size())));
      }
      JsonProcessingException failure = failure(json.toString());
      if (failure != null) {
        failures++;
        assertThat(JsonProblem.of(failure))
            .doesNotContainPattern("Feature|Json[A-Z]|Parser|[a-z]Exception|dev\\.facet|java\\.|`")
            .doesNotContain("Bound", "Source", "enable", "Deserializ", "Jackson");
      }
    }
    assertThat(failures).isGreaterThan(500);
    String deep = "[".repeat(5000);
    JsonProcessingException tooDeep =
        catchThrowableOfType(JsonProcessingException.class, () -> Json.LINE.readTree(deep));
    assertThat(JsonProblem.of(tooDeep)).startsWith("a value in it is longer or deeper");
  }

  private static @Nullable JsonProcessingException failure(String json) {
    ObjectReader reader =
        Json.LINE.readerFor(Bound.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    return catchThrowableOfType(JsonProcessingException.class, () -> reader.readValue(json));
  }
}
