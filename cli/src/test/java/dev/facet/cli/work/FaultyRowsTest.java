package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole program on lists with planted faults. */
class FaultyRowsTest {
  @TempDir Path folder;

  @Test
  void whatAnEvaluationCouldNotUseIsCountedByReasonAndListed() throws IOException {
    list(
        entry("test", "no-such.png", "lost")
            + "{\"image\":\n"
            + entry("test", "a.png", " ")
            + entry("val", "a.png", "one")
            + entry("val", "b.png", "two")
            + entry("val", "no-such.png", "lost"));
    SmallRun small = new SmallRun(folder);
    assertThat(small.train(ALLOWED)).as(small.err()).isZero();
    Path run = small.run();
    assertCoverage(json(run.resolve("eval.json")), 35, 32);
    assertThat(small.out())
        .contains("32 of 35 rows scored; skipped: malformed 1, missing 1, no_caption 1");
    assertThat(small.err()).contains("note: captions.jsonl: 1 row is malformed");
    assertThat(run.resolve("quarantine.jsonl"))
        .content()
        .contains("captions.jsonl, line 66: it is not JSON", "no-such.png does not exist");
    assertThat(run.resolve("report.html")).content().contains("malformed", "missing");

    String own = Files.readString(run.resolve("eval.json"));
    SmallRun val = new SmallRun(folder);
    assertThat(val.facet("eval", "--run", run.toString(), "--split", "val")).as(val.err()).isZero();
    assertThat(val.out())
        .contains("2 of 3 rows scored; skipped: missing 1", "eval-val.json", "report-val.html");
    assertThat(val.err()).contains("no-such.png does not exist", "quarantine-val.jsonl");
    assertThat(json(run.resolve("eval-val.json")).path("split").asText()).isEqualTo("val");
    assertThat(run.resolve("quarantine-val.jsonl")).content().hasLineCount(1);
    assertThat(run.resolve("eval.json")).hasContent(own);

    SmallRun strict = new SmallRun(folder);
    String best = run.resolve("checkpoints/best").toString();
    assertThat(strict.facet("eval", "--checkpoint", best, "--set", "data.max_bad_fraction=0.01"))
        .isEqualTo(1);
    assertThat(strict.err())
        .contains(
            "8.6% of the samples", "more than the 1.0% allowed", "no-such.png does not exist");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"image\":\"no-such.png\",\"caption\":\"c\"}",
        "{\"image\":\"a.png\",\"caption\":\"\"}"
      })
  void aSetThatCannotBeUsedIsToldBeforeAnythingIsMade(String line) throws IOException {
    list("");
    Files.writeString(
        small().data().resolve("captions.jsonl"),
        (line + "\n").repeat(64) + entry("test", "a.png", "sound"));
    SmallRun small = small();
    assertThat(small.train()).isEqualTo(2);
    assertThat(small.err()).contains("none of the 64 rows", "captions.jsonl#1", "data.image_root");
    assertThat(small.run()).doesNotExist();

    SmallRun looked = small();
    assertThat(looked.facet("inspect", small.data().toString())).isEqualTo(1);
    assertThat(looked.out()).contains("64 rows", "unusable");
    assertThat(looked.err()).contains("none of the 64 rows");
  }

  @Test
  void aBatchWithoutAUsablePairHasNoLossAndTheLogStaysJson() throws IOException {
    list("");
    SmallRun small = small();
    Path lists = small.data().resolve("captions.jsonl");
    // Sixteen rows a batch, in windows of one chunk: some batch will have at most one good row.
    Files.writeString(
        lists,
        entry("train", "a.png", "one")
            + "broken\n".repeat(63)
            + entry("test", "a.png", "x")
            + entry("test", "b.png", "y"));
    assertThat(
            small.train(
                "--set",
                "data.max_bad_fraction=1",
                "--set",
                "train.epochs=2",
                "--set",
                "train.warmup_steps=1"))
        .as(small.err())
        .isZero();
    assertThat(run(small).resolve("metrics.jsonl"))
        .content()
        .contains("\"loss\":null")
        .doesNotContain("NaN");
    assertThat(small.err()).contains("has no loss");
  }

  private static final String[] ALLOWED = {
    "--set", "data.max_bad_fraction=0.4", "--set", "train.epochs=1", "--set", "train.warmup_steps=1"
  };

  private static void assertCoverage(JsonNode eval, int rows, int scored) {
    assertThat(eval.path("rows").asInt()).isEqualTo(rows);
    assertThat(eval.path("scored").asInt()).isEqualTo(scored);
    assertThat(eval.path("skipped").toString())
        .isEqualTo("{\"malformed\":1,\"missing\":1,\"no_caption\":1}");
  }

  private SmallRun small() throws IOException {
    return new SmallRun(folder);
  }

  private static Path run(SmallRun small) {
    return small.run();
  }

  private static JsonNode json(Path file) throws IOException {
    return Json.LINE.readTree(Files.readString(file));
  }

  /** 32 sound rows to train on and 32 held out, and then what is given. */
  private void list(String more) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    StringBuilder lines = new StringBuilder();
    for (String split : new String[] {"train", "test"}) {
      for (int i = 0; i < 32; i++) {
        String name = split + i + ".png";
        draw(data.resolve(name), i * 0x70503 + split.length());
        lines.append(entry(split, name, "number " + i));
      }
    }
    draw(data.resolve("a.png"), 0xff0000);
    draw(data.resolve("b.png"), 0x00ff00);
    Files.writeString(data.resolve("captions.jsonl"), lines + more);
  }

  private static void draw(Path file, int colour) throws IOException {
    BufferedImage picture = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 256; i++) {
      picture.setRGB(i % 16, i / 16, colour + i * 0x10307);
    }
    ImageIO.write(picture, "png", file.toFile());
  }

  private static String entry(String split, String image, String caption) {
    return "{\"image\":\"%s\",\"caption\":\"%s\",\"split\":\"%s\"}\n"
        .formatted(image, caption, split);
  }
}
