package dev.facet.prepare.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.loader.Datasets;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Preset;
import dev.facet.loader.data.Row;
import dev.facet.loader.decode.DecodeSettings;
import dev.facet.loader.decode.PictureDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The miniatures of the published data sets give the numbers that come with them. */
@Tag("kit")
final class PublishedKitTest {
  private static final Path KIT =
      Path.of(System.getProperty("facet.shared", "../../shared"), "kit");
  private static final Path PUBLISHED = KIT.resolve("published");

  private final Map<String, Integer> states = new TreeMap<>();
  private int captions;
  private int usable;

  @ParameterizedTest
  @CsvSource({
    "FACECAPTION_15M, facecaption-15m",
    "FACECAPTIONHQ_4M, facecaptionhq-4m",
    "HUMANCAPTION_10M, humancaption-10m",
    "HUMANCAPTION_HQ_311K, humancaption-hq-311k"
  })
  void tablesHaveTheRowsAndCaptionsThatOthersCounted(PublishedSet set, String name)
      throws Exception {
    JsonNode expected = expected(name);
    Kept kept = Kept.of(PublishedTables.open(PUBLISHED.resolve(name), set.columns()));
    assertThat(kept.rows).hasSize(expected.path("rows").asInt());
    assertThat(kept.captions()).isEqualTo(expected.path("captions").asLong());
    assertThat(kept.rows.stream().filter(row -> Kept.captions(row) > 0).count())
        .isEqualTo(expected.path("rows_with_caption").asLong());
    assertThat(kept.unreadable).isZero();
  }

  @Test
  void aDamagedRowGroupCostsItsRows() throws Exception {
    TableColumns columns = PublishedSet.FACECAPTION_15M.columns();
    Path broken = PUBLISHED.resolve("broken-parquet");
    Kept kept = Kept.of(PublishedTables.open(broken.resolve("damaged-page.parquet"), columns));
    assertThat(kept.unreadable).isEqualTo(60);
    Kept sound = Kept.of(PublishedTables.open(PUBLISHED.resolve("facecaption-15m"), columns));
    assertThat(kept.rows).isEqualTo(sound.rows.subList(60, 360));
    assertThat(Kept.of(PublishedTables.open(broken.resolve("zero-rows.parquet"), columns)).rows)
        .isEmpty();
    for (String name : List.of("cut-end", "empty", "html-page", "lfs-pointer", "magic-only")) {
      Path file = broken.resolve(name + ".parquet");
      assertThatThrownBy(() -> PublishedTables.open(file, columns))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void vectorsAreSoundOrCountedByTheirFault() throws Exception {
    JsonNode expected = expected("facecaption-15m-embeddings");
    EmbeddingFiles files =
        EmbeddingFiles.open(
            PUBLISHED.resolve("facecaption-15m-embeddings"), EmbeddingColumns.DEFAULT);
    List<String> order = new ArrayList<>();
    expected.path("numeric_file_order").forEach(name -> order.add(name.asText()));
    assertThat(files.files()).extracting(TableFile::name).isEqualTo(order);
    assertThat(files.width()).isEqualTo(expected.path("width").asInt());
    Vectors vectors = new Vectors();
    for (TableFile file : files.files()) {
      files.read(file, vectors);
    }
    assertThat(vectors.rows).isEqualTo(expected.path("rows").asInt());
    assertThat(vectors.ids).hasSize(expected.path("distinct_ids").asInt());
    assertThat(vectors.sound).hasSize(expected.path("distinct_ids_with_sound_vector").asInt());
    assertThat(vectors.faults)
        .isEqualTo(
            Map.of(
                "embedding_zero",
                1,
                "embedding_null",
                1,
                "embedding_width",
                1,
                "embedding_nan",
                1));
  }

  @Test
  void faceCaption1M() throws Exception {
    JsonNode expected = expected("facecaption-1m");
    read(PUBLISHED.resolve("facecaption-1m"), Preset.FACECAPTION_1M, null, 0, "train");
    assertThat(states).isEqualTo(states(expected, "ok_if_backslash_is_turned"));
    assertThat(captions).isEqualTo(expected.path("captions").asInt());
    assertThat(usable).isEqualTo(expected.path("usable_pairs").asInt());
  }

  @Test
  void flip() throws Exception {
    JsonNode expected = expected("flip-json");
    Path nested = PUBLISHED.resolve("flip-json/nested");
    Path faces = KIT.resolve("faces/images");
    read(nested, Preset.FLIP, faces, 7, "train");
    read(nested, Preset.FLIP, faces, 7, "test");
    Path flat = PUBLISHED.resolve("flip-json/flat");
    read(flat, Preset.FLIP, PUBLISHED.resolve("facecaption-1m/images"), 0, "train");
    assertThat(states).isEqualTo(states(expected, ""));
    assertThat(captions).isEqualTo(expected.path("captions").asInt());
    assertThat(usable).isEqualTo(expected.path("usable_pairs").asInt());
  }

  @Test
  void llava() throws Exception {
    JsonNode expected = expected("llava-json");
    read(PUBLISHED.resolve("llava-json"), Preset.LLAVA, KIT.resolve("faces/images"), 0, "train");
    assertThat(states).isEqualTo(states(expected, ""));
    assertThat(captions).isEqualTo(expected.path("question_answer_pairs").asInt());
    assertThat(usable).isEqualTo(expected.path("usable_picture_rows").asInt());
  }

  @Test
  void webdataset() throws Exception {
    read(PUBLISHED.resolve("webdataset"), Preset.WEBDATASET, null, 0, "train");
    // What a tar that ends too early lost counts as one row, as nobody knows how many there were.
    assertThat(states.remove("unreadable_row")).isEqualTo(1);
    assertThat(states.values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(expected("webdataset").path("samples").asInt());
    assertThat(states)
        .isEqualTo(Map.of("ok", 224, "no_image_path", 1, "empty_file", 1, "truncated", 1));
  }

  private void read(Path root, Preset preset, @Nullable Path images, int prefix, String split)
      throws Exception {
    DataSource source = new DataSource(root, preset.format(), images, preset.fields(), prefix, 1);
    PictureStates words = new PictureStates(preset.fields());
    try (Dataset data = Datasets.open(source, split);
        PictureDecoder decoder = new PictureDecoder(DecodeSettings.DEFAULT)) {
      Row row = Row.lenient();
      for (int c = 0; c < data.chunkCount(); c++) {
        try (Chunk chunk = data.open(c)) {
          for (int i = 0; i < data.rowCount(c); i++) {
            String state = state(chunk, i, row, decoder, words);
            states.merge(state, 1, Integer::sum);
            captions += row.captionCount();
            usable += state.equals("ok") && row.captionCount() > 0 ? 1 : 0;
          }
        }
      }
    }
  }

  /** Of the picture, whether there is a caption or not. */
  private static String state(
      Chunk chunk, int index, Row row, PictureDecoder decoder, PictureStates words)
      throws IOException {
    try {
      chunk.read(index, row);
      decoder.decode(row.image(), decoder.inspect(row.image()), 1);
      return "ok";
    } catch (BadSampleException e) {
      return words.word(e.reason());
    }
  }

  /** The states of pictures as expected, and {@code more} counted as sound. */
  private static Map<String, Integer> states(JsonNode expected, String more) {
    Map<String, Integer> all = new TreeMap<>();
    expected
        .path("states")
        .properties()
        .forEach(
            each ->
                all.merge(
                    each.getKey().equals(more) ? "ok" : each.getKey(),
                    each.getValue().asInt(),
                    Integer::sum));
    return all;
  }

  private static JsonNode expected(String name) throws IOException {
    return Json.LINE
        .readTree(PUBLISHED.resolve("expected.json").toFile())
        .path("datasets")
        .path(name);
  }

  private static final class Vectors implements EmbeddingSink {
    private final Set<String> ids = new HashSet<>();
    private final Set<String> sound = new HashSet<>();
    private final Map<String, Integer> faults = new TreeMap<>();
    private int rows;

    @Override
    public void vector(long number, String id, float[] vector) {
      rows++;
      ids.add(id);
      sound.add(id);
      double length = 0;
      for (float each : vector) {
        length += each * each;
      }
      assertThat(length).isBetween(0.999, 1.001);
    }

    @Override
    public void unusable(long number, String id, VectorFault fault) {
      rows++;
      ids.add(id);
      faults.merge(fault.word(), 1, Integer::sum);
    }

    @Override
    public void unreadable(long first, long count, String why) {
      throw new AssertionError(why);
    }
  }
}
