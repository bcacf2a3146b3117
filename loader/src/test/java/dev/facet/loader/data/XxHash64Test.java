package dev.facet.loader.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XxHash64Test {
  /** The last has 63 bytes, one step of every kind. */
  @ParameterizedTest
  @CsvSource({
    "'', ef46db3751d8e999",
    "a, d24ec4f1a98c6e5b",
    "as, 1c330fb2d66be179",
    "asd, 631c37ce72a97393",
    "asdf, 415872f599cea71e",
    "Call me Ishmael. Some years ago--never mind how long precisely-, 02a2e85470d6fd96"
  })
  void theHashesAreThoseOfOtherPrograms(String text, String hash) {
    byte[] bytes = ("--" + text).getBytes(StandardCharsets.UTF_8);
    assertThat(XxHash64.of(MemorySegment.ofArray(bytes), 2, bytes.length - 2))
        .isEqualTo(Long.parseUnsignedLong(hash, 16));
  }
}
