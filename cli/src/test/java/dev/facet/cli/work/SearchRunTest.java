package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.cli.config.Assignment;
import dev.facet.cli.config.Config;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Row;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found among stored embeddings, and copies of a photo in data. */
final class SearchRunTest {
  @TempDir static Path shared;
  private static SmallRun run;
  private static Path best;
  private static Path embedded;

  @TempDir Path folder;

  @BeforeAll
  static void embeddings() throws IOException {
    run = new SmallRun(shared).withPictures();
    // Whole pictures, as a file that is searched with is taken whole.
    assertThat(run.train("--set", "train.epochs=1", "--set", "augment=[]")).as(run::err).isZero();
    best = run.run().resolve("checkpoints/best");
    embedded = shared.resolve("embedded");
    assertThat(
            run.facet(
                "embed",
                "--checkpoint",
                best.toString(),
                "--split",
                "test",
                "--rows-per-file",
                "8",
                "--batch",
                "8",
                "--out",
                embedded.toString()))
        .as(run::err)
        .isZero();
  }

  @Test
  void aCaptionFindsThePicturesWhoseVectorsAreNearest() throws IOException {
    ObjectNode caption = StoredRows.of(embedded.resolve("captions")).get(5);
    assertThat(search("--caption", caption.path("caption").asText(), "--top", "16", "--json"))
        .as(run::err)
        .isZero();
    assertNearest(last(), caption, StoredRows.of(embedded.resolve("pictures")), "picture", "id");
  }

  @Test
  void aPictureFindsTheCaptionsWhoseVectorsAreNearest() throws IOException {
    ObjectNode picture = StoredRows.of(embedded.resolve("pictures")).get(3);
    Path file = photo(picture.path("id").asText());
    assertThat(search("--picture", file.toString(), "--top", "7", "--json")).as(run::err).isZero();
    assertThat(last().path("found")).hasSize(7);
    assertNearest(
        last(), picture, StoredRows.of(embedded.resolve("captions")), "tokens", "image_id");
  }

  @Test
  void aSheetShowsWhatWasFound() throws IOException {
    Path sheet = folder.resolve("found.png");
    assertThat(
            search(
                "--caption",
                "a face",
                "--top",
                "9",
                "--sheet",
                sheet.toString(),
                "--data",
                run.data().toString()))
        .as(run::err)
        .isZero();
    BufferedImage drawn = ImageIO.read(sheet.toFile());
    assertThat(drawn.getHeight()).isGreaterThan(2 * 160); // two lines of eight
    assertThat(
            search(
                "--caption",
                "a face",
                "--sheet",
                folder.resolve("b.png").toString(),
                "--set",
                "data.eval_split=train",
                "--data",
                otherData().toString()))
        .isEqualTo(2);
    assertThat(run.err()).contains("are not those that were embedded");
    assertThat(folder.resolve("b.png")).doesNotExist();
  }

  @Test
  void vectorsOfAnotherModelAreNotSearched() {
    assertThat(search("--caption", "a face", "--set", "data.background=[9,9,9]")).isEqualTo(2);
    assertThat(run.err()).contains("was embedded by the model", "embed the data again");
  }

  @Test
  void aQueryThatIsNoneIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("text.jpg"), "no picture");
    assertThat(search("--picture", text.toString())).isEqualTo(2);
    assertThat(run.err()).contains("text.jpg cannot be read");
    assertThat(search("--caption", " ")).isEqualTo(2);
    assertThat(run.err()).contains("--caption is empty");
    assertThat(run.facet("search", "--caption", "a face")).isEqualTo(2);
    assertThat(run.err()).contains("name the embeddings with --embeddings DIR");
    assertThat(
            run.facet("search", "--same-picture", text.toString(), "--data", run.data().toString()))
        .isEqualTo(2);
    assertThat(run.err()).contains("the picture to look for cannot be read");
  }

  @Test
  void copiesOfAPhotoAreFoundInEverySplitThatHoldsThem() throws IOException {
    String id = StoredRows.of(embedded.resolve("pictures")).get(3).path("id").asText();
    Path same = photo(id);
    Path near = folder.resolve("near.jpg");
    BufferedImage small = new BufferedImage(96, 96, BufferedImage.TYPE_INT_RGB);
    small.createGraphics().drawImage(ImageIO.read(same.toFile()), 0, 0, 96, 96, null);
    ImageIO.write(small, "jpeg", near.toFile());

    assertThat(copies(same, "--json")).as(run::err).isZero();
    JsonNode exact = last();
    assertThat(exact.path("rows").asInt()).isEqualTo(160);
    assertThat(exact.path("copies")).hasSize(1);
    assertThat(exact.path("copies").path(0).path("id").asText()).isEqualTo(id);
    assertThat(exact.path("copies").path(0).path("same_bytes").asBoolean()).isTrue();

    assertThat(copies(near, "--json")).as(run::err).isZero();
    JsonNode alike = last();
    assertThat(alike.path("copies")).hasSize(1);
    assertThat(alike.path("copies").path(0).path("id").asText()).isEqualTo(id);
    assertThat(alike.path("copies").path(0).path("split").asText()).isEqualTo("test");
    assertThat(alike.path("copies").path(0).path("same_bytes").asBoolean()).isFalse();

    assertThat(copies(near, "--json", "--split", "train")).as(run::err).isZero();
    assertThat(last().path("copies")).isEmpty();
  }

  /** The order and scores of brute force over the stored rows, each thing once. */
  private static void assertNearest(
      JsonNode told, JsonNode query, List<ObjectNode> rows, String thing, String id) {
    SequencedMap<String, ObjectNode> best = new LinkedHashMap<>();
    rows.stream()
        .sorted(Comparator.comparingDouble(row -> -cosine(query, row)))
        .forEach(row -> best.putIfAbsent(row.path(thing).asText(), row));
    List<ObjectNode> expected = List.copyOf(best.values());
    int place = 0;
    for (JsonNode found : told.path("found")) {
      ObjectNode row = expected.get(place++);
      assertThat(found.path("score").asDouble()).isCloseTo(cosine(query, row), within(1e-5));
      assertThat(found.path("id")).isEqualTo(row.path(id));
      assertThat(found.path("row").asLong()).isEqualTo(row.path("row").asLong());
    }
    assertThat(place).isPositive();
  }

  private static double cosine(JsonNode one, JsonNode other) {
    double sum = 0;
    for (int k = 0; k < one.path("embedding").size(); k++) {
      sum += one.path("embedding").path(k).asDouble() * other.path("embedding").path(k).asDouble();
    }
    return sum;
  }

  private int search(String... more) {
    return run.facet(
        Stream.concat(
                Stream.of(
                    "search", "--embeddings", embedded.toString(), "--checkpoint", best.toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private int copies(Path photo, String... more) {
    return run.facet(
        Stream.concat(
                Stream.of(
                    "search", "--same-picture", photo.toString(), "--data", run.data().toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static JsonNode last() throws IOException {
    String out = run.out();
    return Json.LINE.readTree(out.substring(Math.max(0, out.lastIndexOf("\n{"))));
  }

  /** The file of a test row's picture. */
  private Path photo(String id) throws IOException {
    List<Assignment> root = List.of(Assignment.parse("data.root=" + run.data()));
    try (Dataset data = Sources.open(Config.load(null, root).data(), "test");
        Chunk chunk = data.open(0)) {
      for (int i = 0; i < data.rowCount(0); i++) {
        Row row = chunk.row(i);
        if (row.id().equals(id)) {
          byte[] bytes = new byte[row.image().length()];
          row.image().asByteBuffer().get(bytes);
          return Files.write(folder.resolve("photo.png"), bytes);
        }
      }
    } catch (BadSampleException e) {
      throw new IllegalStateException(e);
    }
    throw new IllegalStateException(id);
  }

  private Path otherData() throws IOException {
    SmallRun other = new SmallRun(folder);
    assertThat(
            other.facet(
                "synth", "--out", other.data().toString(), "--count", "20", "--test-share", "0.5"))
        .as(other::err)
        .isZero();
    return other.data();
  }
}
