package dev.facet.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import dev.facet.loader.data.Preset;
import dev.facet.prepare.face.CropSettings;
import dev.facet.prepare.source.PublishedSet;
import dev.facet.prepare.whole.Counts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The published data sets in miniature, with their server and what is expected of every row. */
@Tag("kit")
final class PublishedSetsTest {
  private static final Path PUBLISHED =
      Path.of(System.getProperty("facet.shared", "../../shared"), "kit", "published");

  /** The addresses in the data name it. */
  private static final int PORT = 8765;

  /** Either answer is right, as it depends on which limit is met first. */
  private static final String EITHER = "timeout_or_too_large";

  private static final List<String> COMPARED =
      List.of(
          "url_usable",
          "download",
          "width",
          "height",
          "format",
          "sha256",
          "captions",
          "crop",
          "box");

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
  @EnumSource(value = PublishedSet.class, mode = EnumSource.Mode.EXCLUDE, names = "ADDRESSES")
  void everyRowAndEveryCountIsAsExpected(PublishedSet set) throws Exception {
    String name = set.name().toLowerCase(Locale.ROOT).replace('_', '-');
    JsonNode expected =
        Json.LINE.readTree(PUBLISHED.resolve("expected.json").toFile()).path("datasets").path(name);
    boolean faces = expected.has("crops_ok");
    Path out = folder.resolve(name);

    Counts counts =
        Prepared.addresses()
            .of(set, faces ? CropSettings.Region.FACE : CropSettings.Region.WHOLE)
            .run(PUBLISHED.resolve(name), out);

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
      assertThat(counts.crops()).isEqualTo(expected.path("crops_ok").asLong());
      assertThat(got.path("crop_failures")).isEqualTo(expected.path("crop_failures"));
      assertThat(counts.rowsWithCropAndCaption())
          .isEqualTo(expected.path("rows_with_crop_and_caption").asLong());
    }
    assertThat(counts.rows() + counts.extraFaces())
        .isEqualTo(
            counts.samples()
                + sum(counts.failures())
                + sum(counts.cropFailures())
                - counts.cropFailures().getOrDefault("no_picture", 0L)
                + sum(counts.leftOut()));
    compareRows(name, out);
  }

  /** Data sets whose pictures are there: where the lists lie, and where the pictures. */
  private static Stream<Arguments> withPictures() {
    return Stream.of(
        Arguments.of(Preset.FACECAPTION_1M, "facecaption-1m/json", "facecaption-1m/images"),
        Arguments.of(Preset.LLAVA, "llava-json", "../faces/images"));
  }

  @ParameterizedTest
  @MethodSource("withPictures")
  void everyStateOfAPictureThatIsThereIsCounted(Preset preset, String lists, String pictures)
      throws Exception {
    JsonNode expected =
        Json.LINE
            .readTree(PUBLISHED.resolve("expected.json").toFile())
            .path("datasets")
            .path(lists.split("/", -1)[0]);
    Path out = folder.resolve("out");

    Counts counts =
        Prepared.addresses()
            .ofPictures(preset, PUBLISHED.resolve(pictures))
            .run(PUBLISHED.resolve(lists), out);

    Map<String, Long> failures = new TreeMap<>();
    long ok = 0;
    for (Map.Entry<String, JsonNode> state : expected.path("states").properties()) {
      if (state.getKey().startsWith("ok")) {
        ok += state.getValue().asLong();
      } else {
        failures.put(state.getKey(), state.getValue().asLong());
      }
    }
    assertThat(counts.rows()).isEqualTo(expected.path("rows").asLong());
    assertThat(counts.downloadsOk()).isEqualTo(ok);
    assertThat(counts.failures()).isEqualTo(failures);
    assertThat(counts.rowsOkWithCaption())
        .isEqualTo(
            expected.path("usable_pairs").asLong() + expected.path("usable_picture_rows").asLong());
  }

  private static void compareRows(String name, Path out) throws IOException {
    Map<String, JsonNode> rows = new HashMap<>();
    try (Stream<Path> files = Files.list(out.resolve("rows"))) {
      for (Path file : files.toList()) {
        for (JsonNode row : lines(file)) {
          rows.put(row.path("file").asText() + "#" + row.path("row"), row);
        }
      }
    }
    for (JsonNode row : lines(PUBLISHED.resolve("expected-rows.jsonl"))) {
      if (!row.path("dataset").asText().equals(name)) {
        continue;
      }
      String place = row.path("file").asText() + "#" + row.path("row");
      JsonNode got = rows.remove(place);
      assertThat(got).as(place).isNotNull();
      for (String field : COMPARED) {
        JsonNode wanted = row.path(field);
        if (wanted.asText().equals(EITHER)) {
          assertThat(got.path(field).asText()).isIn("timeout", "too_large");
        } else if (!wanted.isMissingNode() && !wanted.isNull()) {
          assertThat(got.path(field)).as("%s of %s", field, place).isEqualTo(wanted);
        }
      }
    }
    assertThat(rows).isEmpty();
  }

  private static List<JsonNode> lines(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .map(
              line -> {
                try {
                  return Json.LINE.readTree(line);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    }
  }

  /** Reasons with both answers that are right for some rows counted as one. */
  private static Map<String, Long> merged(JsonNode failures) {
    Map<String, Long> merged = new TreeMap<>();
    failures
        .properties()
        .forEach(
            each -> {
              boolean either = List.of(EITHER, "timeout", "too_large").contains(each.getKey());
              merged.merge(either ? EITHER : each.getKey(), each.getValue().asLong(), Long::sum);
            });
    return merged;
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
