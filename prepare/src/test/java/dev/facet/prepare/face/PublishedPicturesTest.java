package dev.facet.prepare.face;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import dev.facet.loader.decode.DecodeSettings;
import dev.facet.loader.picture.BoxSpace;
import dev.facet.prepare.caption.CaptionCleaner;
import dev.facet.prepare.caption.CaptionSettings;
import dev.facet.prepare.photo.Photo;
import dev.facet.prepare.photo.PhotoReader;
import dev.facet.prepare.photo.PhotoReading;
import dev.facet.prepare.photo.Unreadable;
import dev.facet.prepare.source.PublishedRow;
import dev.facet.prepare.source.PublishedSet;
import dev.facet.prepare.source.PublishedTables;
import dev.facet.prepare.source.RowSink;
import dev.facet.prepare.source.TableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Holds photos, boxes and captions against what the kit's other program found. */
@Tag("kit")
final class PublishedPicturesTest {
  private static final Path KIT =
      Path.of(System.getProperty("facet.shared", "../../shared"), "kit");
  private static final Path PUBLISHED = KIT.resolve("published");

  private final PhotoReader reader = new PhotoReader(DecodeSettings.DEFAULT);

  @AfterEach
  void close() {
    reader.close();
  }

  @Test
  void everyPictureIsReadAsExpected() throws IOException {
    int read = 0;
    for (JsonNode row : expected("")) {
      if (row.path("download").asText().equals("ok")) {
        Photo photo = (Photo) reader.read(bytes(row), PhotoReader.FULL);
        assertThat(photo.sha256()).isEqualTo(row.get("sha256").asText());
        assertThat(photo.header().width()).isEqualTo(row.get("width").asInt());
        assertThat(photo.header().height()).isEqualTo(row.get("height").asInt());
        assertThat(photo.header().format().name().toLowerCase(Locale.ROOT))
            .isEqualTo(row.get("format").asText());
        read++;
      }
    }
    assertThat(read).isEqualTo(1158);
  }

  @Test
  void whatIsNoWholePictureIsRefusedByName() throws IOException {
    try (Stream<Path> pictures = Files.list(KIT.resolve("faces/images"))) {
      for (Path picture : pictures.toList()) {
        byte[] bytes = Files.readAllBytes(picture);
        assertThat(reason(Arrays.copyOf(bytes, bytes.length / 2)))
            .as(picture.toString())
            .isEqualTo("truncated");
      }
    }
    assertThat(reason(awkward("avif-named.jpg"))).isEqualTo("unsupported_avif");
    assertThat(reason(awkward("html-named.jpg"))).isEqualTo("not_an_image");
    assertThat(reason(awkward("empty.jpg"))).isEqualTo("empty_body");
    assertThat(reason(awkward("bomb-19000.png"))).isEqualTo("too_many_pixels");
    assertThat(reason(awkward("bomb-4gpx.gif"))).isEqualTo("too_many_pixels");
  }

  @Test
  void everyBoxIsReadAsExpected() throws Exception {
    FaceBoxes boxes = new FaceBoxes(BoxSpace.STORED);
    List<PublishedRow> rows = rows("facecaption-15m", PublishedSet.FACECAPTION_15M);
    List<JsonNode> expected = expected("facecaption-15m");
    assertThat(rows).hasSameSizeAs(expected);
    for (int i = 0; i < rows.size(); i++) {
      JsonNode row = expected.get(i);
      if (row.get("download").asText().equals("ok")) {
        Photo photo = (Photo) reader.read(bytes(row), header -> 8);
        List<Face> faces = boxes.of(rows.get(i).boxes(), photo.header());
        assertThat(faces).as("row %s", i).containsExactly(face(row));
      }
    }
  }

  @Test
  void captionsAreCountedAsExpected() throws Exception {
    CaptionCleaner cleaner = new CaptionCleaner(CaptionSettings.DEFAULT);
    for (PublishedSet set : List.of(PublishedSet.FACECAPTION_15M, PublishedSet.HUMANCAPTION_10M)) {
      String name = set.name().toLowerCase(Locale.ROOT).replace('_', '-');
      List<PublishedRow> rows = rows(name, set);
      List<JsonNode> expected = expected(name);
      for (int i = 0; i < rows.size(); i++) {
        long captions =
            rows.get(i).captions().values().stream()
                .flatMap(List::stream)
                .map(cleaner::clean)
                .filter(Objects::nonNull)
                .count();
        assertThat(captions).as("row %s of %s", i, name).isEqualTo(captions(expected.get(i)));
      }
    }
  }

  private static long captions(JsonNode row) {
    return row.get("captions").asLong();
  }

  private static Face face(JsonNode row) {
    String crop = row.get("crop").asText();
    JsonNode box = row.get("box");
    return crop.equals("ok")
        ? new Face.Found(
            box.get(0).asInt(), box.get(1).asInt(), box.get(2).asInt(), box.get(3).asInt())
        : new Face.Unusable(crop);
  }

  private static List<PublishedRow> rows(String name, PublishedSet set) throws Exception {
    List<PublishedRow> rows = new ArrayList<>();
    PublishedTables tables = PublishedTables.open(PUBLISHED.resolve(name), set.columns());
    for (TableFile file : tables.files()) {
      tables.read(
          file,
          new RowSink() {
            @Override
            public void row(PublishedRow row) {
              rows.add(row);
            }

            @Override
            public void unreadable(long first, long count, String why) {
              throw new AssertionError(why);
            }
          });
    }
    return rows;
  }

  private static List<JsonNode> expected(String dataset) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(PUBLISHED.resolve("expected-rows.jsonl"))) {
      JsonNode row = Json.LINE.readTree(line);
      if (dataset.isEmpty() || row.get("dataset").asText().equals(dataset)) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** What the kit's server sends. */
  private static byte[] bytes(JsonNode row) throws IOException {
    return row.has("picture")
        ? Files.readAllBytes(KIT.resolve("faces/images").resolve(row.get("picture").asText()))
        : awkward(row.get("format").asText() + "-named.jpg");
  }

  private static byte[] awkward(String name) throws IOException {
    return Files.readAllBytes(KIT.resolve("awkward").resolve(name));
  }

  private String reason(byte[] bytes) {
    PhotoReading reading = reader.read(bytes, PhotoReader.FULL);
    return reading instanceof Unreadable unreadable ? unreadable.reason() : "ok";
  }
}
