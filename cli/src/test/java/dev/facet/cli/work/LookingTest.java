package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
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
  void aSheetShowsPicturesFromAllOverTheDataWithTheirCaptions() throws IOException {
    pictures(small("many"), 100);
    for (int i = 50; i < 100; i++) {
      picture(small("many").resolve(i + ".png"), Color.BLUE);
    }
    Path sheet = folder.resolve("sheet.png");
    assertThat(facet.facet("inspect", small("many").toString(), "--sheet", sheet.toString()))
        .as(facet.err())
        .isZero();
    BufferedImage drawn = ImageIO.read(sheet.toFile());
    int blue = 0;
    for (int row = 0; row < 6; row++) {
      int middle = 6 + row * (160 + 3 * 13 + 6) + 80;
      blue += new Color(drawn.getRGB(6 + 80, middle)).getBlue() > 200 ? 1 : 0;
      boolean ink = false;
      for (int y = middle + 82; y < middle + 82 + 12; y++) {
        for (int x = 6; x < 6 + 160; x++) {
          ink |= new Color(drawn.getRGB(x, y)).getRed() < 0x80;
        }
      }
      assertThat(ink).as("caption in row %d", row).isTrue();
    }
    assertThat(blue).isEqualTo(3);
  }

  @Test
  void picturesAreReadAsTheLoaderReadsThem() throws IOException {
    pictures(small("first"), 4);
    byte[] whole = Files.readAllBytes(small("first").resolve("0.png"));
    Files.write(small("first").resolve("0.png"), Arrays.copyOf(whole, whole.length - 20));
    BufferedImage large = new BufferedImage(90, 80, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(large, "png", small("first").resolve("1.png").toFile());
    Files.write(small("first").resolve("2.png"), turnedJpeg());
    Path list = small("first").resolve("captions.jsonl");
    Files.writeString(
        list, Files.readString(list).replace("\"number 2\"", "\"number 2\",\"box\":[5,10,15,30]"));
    Path sheet = folder.resolve("sheet.png");
    String[] arguments = {
      "inspect",
      small("first").toString(),
      "--sheet",
      sheet.toString(),
      "--json",
      "--set",
      "data.max_pixels=6000"
    };
    assertThat(facet.facet(arguments)).as(facet.err()).isZero();
    JsonNode json = Json.LINE.readTree(facet.out());
    assertThat(json.path("skipped").toString()).isEqualTo("{\"corrupt\":1,\"too_large\":1}");
    assertThat(json.path("formats").toString()).isEqualTo("{\"JPEG\":1,\"PNG\":1}");
    // 60 x 40 as stored, 40 x 60 as displayed.
    assertThat(json.path("height").path("max").asInt()).isEqualTo(60);
    BufferedImage drawn = ImageIO.read(sheet.toFile());
    // What is left as stored is on top as displayed.
    assertThat(drawn.getRGB(6 + 80, 6 + 10) & 0xff).isGreaterThan(200);
    assertThat(drawn.getRGB(6 + 80, 6 + 150) & 0xff).isLessThan(50);
    // The paper beside an upright picture.
    assertThat(drawn.getRGB(6 + 10, 6 + 80) & 0xffffff).isEqualTo(0xF4F4F2);
    // The box's left edge, in pixels as displayed.
    Color edge = new Color(drawn.getRGB(6 + 26 + 13, 6 + 60));
    assertThat(edge.getRed() - edge.getBlue()).isGreaterThan(120);
  }

  @Test
  void whatALibrarySaysOfAPictureIsToldWithItAndCounted() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB), "jpg", bytes);
    byte[] jpeg = bytes.toByteArray();
    // Zeros that belong to nothing stand before the end marker.
    byte[] padded = Arrays.copyOf(jpeg, jpeg.length + 40);
    Arrays.fill(padded, jpeg.length - 2, padded.length - 2, (byte) 0);
    padded[padded.length - 2] = (byte) 0xff;
    padded[padded.length - 1] = (byte) 0xd9;
    pictures(small("first"), 2);
    Path picture = Files.write(small("first").resolve("1.png"), padded);
    assertThat(facet.facet("inspect", "--decode", picture.toString())).as(facet.err()).isZero();
    assertThat(facet.out()).contains("remark: Corrupt JPEG data");
    assertThat(facet.facet("inspect", small("first").toString())).as(facet.err()).isZero();
    assertThat(facet.out()).contains("1 of: Corrupt JPEG data: N extraneous bytes");
  }

  /**
   * 60 x 40 pixels, blue on the left, black on the right, to be turned by a quarter to the right.
   */
  private static byte[] turnedJpeg() throws IOException {
    BufferedImage image = new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.BLUE);
    graphics.fillRect(0, 0, 30, 40);
    graphics.dispose();
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", jpeg);
    byte[] exif =
        HexFormat.of()
            .parseHex(
                "ffe10022"
                    + "457869660000"
                    + "4d4d002a00000008"
                    + "0001"
                    + "011200030000000100060000"
                    + "00000000");
    ByteArrayOutputStream turned = new ByteArrayOutputStream();
    turned.write(jpeg.toByteArray(), 0, 2);
    turned.write(exif);
    turned.write(jpeg.toByteArray(), 2, jpeg.size() - 2);
    return turned.toByteArray();
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
    return picture(file, Color.ORANGE);
  }

  private static Path picture(Path file, Color colour) throws IOException {
    BufferedImage image = new BufferedImage(24, 20, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(colour);
    graphics.fillRect(0, 0, 24, 20);
    graphics.dispose();
    ImageIO.write(image, "png", file.toFile());
    return file;
  }
}
