package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real program tells of pictures and data, without a model. */
final class LookingTest {
  @TempDir private Path folder;
  private SmallRun facet;

  @BeforeEach
  void program() throws IOException {
    facet = new SmallRun(folder);
  }

  @Test
  void decodeTellsEachFileOrWhyItIsRefused() throws IOException {
    Path png = picture(folder.resolve("a.jpg"));
    Path text = Files.writeString(folder.resolve("text.jpg"), "this is no picture");
    Path empty = Files.createFile(folder.resolve("empty.jpg"));
    String[] files = {"inspect", "--decode", png.toString(), text.toString(), empty.toString()};
    assertThat(facet.facet(files)).as(facet.err()).isZero();
    assertThat(facet.out().lines().skip(1).map(line -> line.replaceAll("^\\S*/", "")).toList())
        .satisfiesExactly(
            line ->
                assertThat(line).matches("a.jpg +png +24 x 20 +24 x 20 +1 +1 +\\S.*\\d+ \\d+ \\d+"),
            line -> assertThat(line).contains("text.jpg").contains("refused ("),
            line -> assertThat(line).contains("empty.jpg").contains("refused ("));

    SmallRun machine = new SmallRun(folder);
    assertThat(machine.facet("inspect", "--decode", "--json", png.toString(), text.toString()))
        .isZero();
    JsonNode json = Json.LINE.readTree(machine.out());
    assertThat(json.path(0).path("format").asText()).isEqualTo("png");
    assertThat(json.path(0).path("stored").path("width").asInt()).isEqualTo(24);
    assertThat(json.path(0).path("displayed").path("height").asInt()).isEqualTo(20);
    assertThat(json.path(0).path("orientation").asInt()).isEqualTo(1);
    assertThat(json.path(0).path("frames").asInt()).isEqualTo(1);
    assertThat(json.path(0).path("mean_rgb").size()).isEqualTo(3);
    assertThat(json.path(0).has("refused")).isFalse();
    assertThat(json.path(1).path("format").asText()).isEqualTo("unknown");
    assertThat(json.path(1).path("refused").path("reason").asText()).isNotBlank();
    assertThat(json.path(1).path("refused").path("message").asText()).isNotBlank();
  }

  @Test
  void augmentDrawsOnePictureBelowTheOther() throws IOException {
    pictures(small("first"), 5);
    Path one = folder.resolve("one.png");
    Path three = folder.resolve("three.png");
    String data = small("first").toString();
    assertThat(
            facet.facet("inspect", "--augment", data, "--pictures", "1", "--out", one.toString()))
        .as(facet.err())
        .isZero();
    assertThat(
            facet.facet("inspect", "--augment", data, "--pictures", "3", "--out", three.toString()))
        .isZero();
    assertThat(ImageIO.read(three.toFile()).getHeight())
        .isEqualTo(3 * ImageIO.read(one.toFile()).getHeight());
  }

  @Test
  void aMixtureIsReadUnderTheNamesOfItsEntries() throws IOException {
    pictures(small("first"), 5);
    pictures(small("second"), 3);
    Path list = small("second").resolve("captions.jsonl");
    Files.writeString(list, Files.readString(list).replace("\"caption\"", "\"words\""));
    Path config =
        Files.writeString(
            folder.resolve("mixture.yaml"),
            """
            data:
              mixture:
                - root: %s
                - {root: %s, weight: 2, columns: {captions: words}}
            """
                .formatted(small("first"), small("second")));
    assertThat(facet.facet("inspect", "--config", config.toString())).as(facet.err()).isZero();
    assertThat(facet.out()).contains("8 rows  (looked at)").contains("unusable     none");
    assertThat(facet.facet("inspect", "--config", config.toString(), "--split", "dev"))
        .isEqualTo(2);
    assertThat(facet.err()).contains("no entry of data.mixture has a split dev; there are train");
  }

  private Path small(String name) {
    return folder.resolve(name);
  }

  private static void pictures(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      picture(folder.resolve(i + ".png"));
      lines
          .append(
              Json.LINE.writeValueAsString(
                  Map.of("image", i + ".png", "caption", "number " + i, "split", "train")))
          .append('\n');
    }
    Files.writeString(folder.resolve("captions.jsonl"), lines);
  }

  private static Path picture(Path file) throws IOException {
    BufferedImage image = new BufferedImage(24, 20, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.ORANGE);
    graphics.fillRect(0, 0, 24, 20);
    graphics.dispose();
    ImageIO.write(image, "png", file.toFile());
    return file;
  }
}
