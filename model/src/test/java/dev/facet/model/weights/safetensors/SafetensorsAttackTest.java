package dev.facet.model.weights.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.model.weights.Hostile;
import dev.facet.model.weights.TensorEntry;
import dev.facet.model.weights.Weights;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsAttackTest {
  private static final int HUGE = 90_000_000;

  @TempDir Path folder;

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ["a"]                                                                                    | does not begin with {
          {"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}                                 | something else than sizes
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}                                  | something else than sizes
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,99999999999999999999]}}                | something else than sizes
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,9e3]}}                                 | something else than sizes
          {"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}                                 | something else than sizes
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}                                   | byte range
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}                                     | lacks its dtype
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,4]}}                                 | more than 2 numbers
          {"a":{"dtype":"F32","data_offsets":[0,4]}}                                               | lacks its dtype
          {"a":{"dtype":3,"shape":[1],"data_offsets":[0,4]}}                                       | is no string
          {"a":{"dtype":"F32","dtype":"F16","shape":[1],"data_offsets":[0,4]}}                     | has dtype twice
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}                             | keys other than
          {"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}    | more than 16 numbers
          {"a":[[[[[[[[[[[[1]]]]]]]]]]]]}                                                          | is no object
          {"__metadata__":{"a":1}}                                                                 | something else than strings
          {"__metadata__":{"a":"1","a":"2"}}                                                       | one key twice
          {"__metadata__":{},"__metadata__":{}}                                                    | is there twice
          {"\\u001b[2J":{}}                                                                         | control characters
          {"a":{"dtype":"\\u001b[2J","shape":[1],"data_offsets":[0,4]}}                            | unknown dtype ?[2J
          {"a":{"dtype":"F8_E8M0","shape":[1],"data_offsets":[0,1]}}                               | F8_E8M0, which Facet does not know; save the tensors as float32
          {} {}                                                                                    | goes on after its end
          """)
  void aHeaderThatLiesIsRefused(String header, String reason) throws IOException {
    Hostile.refused(file(header.strip(), "", 0, ""), reason);
  }

  @Test
  void aHeaderOfNinetyMegabytesCostsLittleWhateverItHolds() throws IOException {
    String empty = "\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},";
    Hostile.refused(file("{", "\"n%07d" + empty, HUGE, "}"), "declares more than 20000 tensors");
    Hostile.refused(
        file("{", "\"" + "long".repeat(120) + "%07d" + empty, HUGE, "}"), "more than 20000");
    Hostile.refused(file("{\"", "aaaaaaaaaa", HUGE, "\":1}"), "not valid JSON");
    Hostile.refused(file("{\"a\":{\"shape\":", "[[[[[[[[", HUGE, ""), "something else than sizes");
    Hostile.refused(file("{\"a\":{\"shape\":[", "1111111111", HUGE, "]}}"), "not valid JSON");
    Hostile.refused(file("{\"a\":{\"dtype\":\"", "aaaaaaaaaa", HUGE, "\"}}"), "not valid JSON");
    Hostile.refused(
        file("{\"__metadata__\":{\"a\":\"", "aaaaaaaa", HUGE, "\"}}"), "not valid JSON");
    Hostile.refused(
        file("{\"__metadata__\":{", "\"k%07d\":\"\",", HUGE, "}}"), "longer than 1048576");
    Hostile.refused(file("{", "          ", HUGE, "!"), "not valid JSON");
  }

  @Test
  void tensorsBeyondTwoGibibytesAreRead() throws IOException {
    long large = (1L << 31) + 8;
    String json =
        String.format(
            Locale.ROOT,
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[0,%d]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%d,%d]}}",
            large / 4,
            large,
            large,
            large + 4);
    Path path = file(json, "", 0, "");
    try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
      sparse.setLength(8 + json.length() + large + 4);
      sparse.seek(8 + json.length() + large);
      sparse.write(new byte[] {0, 0, (byte) 0x80, 0x3F});
    }
    try (Weights weights = SafetensorsFile.open(path)) {
      TensorEntry small = Objects.requireNonNull(weights.find("b"));
      assertThat(small.floats().getFloat(0)).isEqualTo(1);
      TensorEntry beyond = Objects.requireNonNull(weights.find("a"));
      assertThatThrownBy(beyond::floats)
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("a of shape [536870914] is 2147483656 bytes of float32");
    }
  }

  /** A file whose header is a start, a pattern (with a running number) up to a size, and an end. */
  private Path file(String start, String pattern, int size, String end) throws IOException {
    Path body = folder.resolve("body");
    long length = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(body), 1 << 16)) {
      out.write(new byte[8]);
      length += write(out, start);
      boolean numbered = pattern.contains("%07d");
      byte[] fixed = pattern.getBytes(StandardCharsets.UTF_8);
      int number = 0;
      while (length < size) {
        // Past the bounds that are tested, the same piece again is as good and quicker to write.
        byte[] piece =
            numbered && number < 150_000
                ? pattern
                    .replace("%07d", String.format(Locale.ROOT, "%07d", number++))
                    .getBytes(StandardCharsets.UTF_8)
                : fixed;
        out.write(piece);
        length += piece.length;
      }
      length += write(out, end);
    }
    try (RandomAccessFile patch = new RandomAccessFile(body.toFile(), "rw")) {
      patch.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());
    }
    return body;
  }

  private static int write(OutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(bytes);
    return bytes.length;
  }
}
