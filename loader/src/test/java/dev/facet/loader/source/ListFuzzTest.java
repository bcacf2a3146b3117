package dev.facet.loader.source;

import dev.facet.base.FacetException;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Format;
import dev.facet.loader.data.Preset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of any content end in rows or in a message, never in a crash. */
class ListFuzzTest {
  private static final String ENTRY =
      "{\"image\":\"a.jpg\",\"caption\":[\"x\",\"y\"],\"box\":[\"[1,2,3,4]\"],\"id\":7,\"split\":\"train\","
          + "\"labels\":{\"a\":1},\"conversations\":[{\"from\":\"gpt\",\"value\":\"v\"}]}";

  private static final List<String> BITS =
      List.of(
          "[",
          "]",
          "{",
          "}",
          "\"",
          ",",
          ":",
          "null",
          "-",
          "1e999",
          "NaN",
          "-Infinity",
          "\\u0000",
          "../",
          "\n",
          "\t",
          "é");

  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({"JSONL,x.jsonl", "JSON,x.json", "CSV,x.csv", "TAR,x.tar"})
  void anyContentEndsInRowsOrInAMessage(Format format, String name) throws IOException {
    byte[] seed =
        switch (format) {
          case JSON -> bytes("[" + ENTRY + "," + ENTRY + "]");
          case CSV -> bytes("image,caption,box\na.jpg,\"a, \"\"b\"\"\",\"[1,2,3,4]\"\na.jpg,c,\n");
          case TAR -> new Tars().add("a.jpg", "p").add("a.json", ENTRY).add("a.txt", "t").whole();
          default -> bytes(ENTRY + "\n" + ENTRY + "\n");
        };
    Random random = new Random(seed.length);
    Path file = Files.createDirectory(dir.resolve("data")).resolve(name);
    Lists.write(dir.resolve("data/a.jpg"), "p");
    for (int round = 0; round < 250; round++) {
      Files.write(file, mutated(seed, random));
      Preset preset = random.nextBoolean() ? Preset.FACET : Preset.LLAVA;
      DataSource source = Lists.source(file, format, preset);
      try (IndexedDataset data = Lists.open(source, "train")) {
        Lists.rows(data);
      } catch (FacetException declared) {
        // As it should be.
      }
    }
  }

  private static byte[] mutated(byte[] seed, Random random) {
    byte[] bytes = random.nextInt(5) == 0 ? Arrays.copyOf(seed, random.nextInt(seed.length)) : seed;
    for (int hits = 1 + random.nextInt(4); hits > 0 && bytes.length > 0; hits--) {
      int at = random.nextInt(bytes.length);
      byte[] bit =
          random.nextInt(3) == 0
              ? new byte[] {(byte) random.nextInt(256)}
              : bytes(BITS.get(random.nextInt(BITS.size())));
      byte[] next = Arrays.copyOf(bytes, bytes.length);
      System.arraycopy(bit, 0, next, at, Math.min(bit.length, next.length - at));
      bytes = next;
    }
    return bytes;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
