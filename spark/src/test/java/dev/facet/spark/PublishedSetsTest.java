package dev.facet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published data sets in miniature, prepared by a cluster: the counts are those expected. */
@Tag("kit")
final class PublishedSetsTest {
  private static final Path PUBLISHED =
      Path.of(System.getProperty("facet.shared", "../../shared"), "kit", "published");

  /** The addresses in the data name it. */
  private static final int PORT = 8765;

  /** Either answer is right, as it depends on which limit is met first. */
  private static final List<String> EITHER =
      List.of("timeout_or_too_large", "timeout", "too_large");

  private static Process server;

  @TempDir private Path folder;

  @BeforeAll
  static void serve() throws Exception {
    server =
        new ProcessBuilder("python3", PUBLISHED.resolve("serve.py").toString(), "" + PORT)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    // Its first line says that it serves; where the port is taken it ends at once.
    int first = server.getInputStream().read();
    assertThat(first >= 0 || answers()).as("a server on port %d", PORT).isTrue();
  }

  private static boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), PORT)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @AfterAll
  static void stop() {
    server.destroy();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"facecaption-15m", "facecaptionhq-4m", "humancaption-10m", "humancaption-hq-311k"})
  void everyCountIsAsExpected(String name) throws Exception {
    JsonNode expected =
        Json.LINE.readTree(PUBLISHED.resolve("expected.json").toFile()).path("datasets").path(name);
    boolean faces = expected.has("crops_ok");
    Path out = folder.resolve(name);

    Facets.prepare(
        Facets.SPARK,
        PUBLISHED.resolve(name),
        out,
        "--set",
        "source.set=" + name,
        "--set",
        "crop.region=" + (faces ? "face" : "whole"),
        "--set",
        "fetch.allow=[127.0.0.1]",
        "--set",
        "fetch.timeout=5",
        "--set",
        "fetch.retries=0",
        "--set",
        "fetch.per_host=64");

    JsonNode got = Json.LINE.readTree(out.resolve("prepare.json").toFile());
    for (String count :
        List.of(
            "rows",
            "rows_with_usable_url",
            "downloads_ok",
            "formats_of_ok",
            "distinct_pictures_of_ok",
            "captions",
            "rows_with_caption",
            "rows_ok_with_caption")) {
      assertThat(got.path(count)).as(count).isEqualTo(expected.path(count));
    }
    assertThat(merged(got.path("failures"))).isEqualTo(merged(expected.path("failures")));
    if (faces) {
      assertThat(got.path("crops")).isEqualTo(expected.path("crops_ok"));
      assertThat(got.path("crop_failures")).isEqualTo(expected.path("crop_failures"));
    }
  }

  /** Reasons with both answers that are right for some rows counted as one. */
  private static Map<String, Long> merged(JsonNode failures) {
    Map<String, Long> merged = new TreeMap<>();
    failures
        .properties()
        .forEach(
            each ->
                merged.merge(
                    EITHER.contains(each.getKey()) ? EITHER.getFirst() : each.getKey(),
                    each.getValue().asLong(),
                    Long::sum));
    return merged;
  }
}
