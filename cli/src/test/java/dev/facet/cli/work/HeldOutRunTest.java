package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import dev.facet.eval.log.EvalLine;
import dev.facet.eval.log.RunLog;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of pictures with texts, and nothing set aside for testing. */
class HeldOutRunTest {
  private static final int PICTURES = 120;
  private static final String[] HOLDOUT = {
    "--set", "data.holdout=0.2", "--set", "data.holdout_test=0.1"
  };

  @TempDir Path folder;
  private SmallRun small;

  @BeforeEach
  void pictures() throws IOException {
    small = new SmallRun(folder);
    Files.createDirectories(small.data());
    for (int i = 0; i < PICTURES; i++) {
      BufferedImage image = new BufferedImage(24, 24, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = image.createGraphics();
      graphics.setColor(new Color(2 * i, 255 - 2 * i, 100));
      graphics.fillRect(0, 0, 24, 24);
      graphics.dispose();
      ImageIO.write(image, "png", small.data().resolve(i + ".png").toFile());
      Files.writeString(small.data().resolve(i + ".txt"), "picture number " + i);
    }
  }

  @Test
  void isTrainedOnLessWhatIsHeldOutAndScoredOnThat() throws Exception {
    int code =
        small.train(
            "--set",
            "train.epochs=1",
            "--set",
            "train.warmup_steps=1",
            HOLDOUT[0],
            HOLDOUT[1],
            HOLDOUT[2],
            HOLDOUT[3]);
    assertThat(code).as(small.err()).isZero();

    SmallRun looked = new SmallRun(folder);
    assertThat(
            looked.facet(
                "inspect",
                small.data().toString(),
                "--json",
                "--split",
                "val",
                HOLDOUT[0],
                HOLDOUT[1],
                HOLDOUT[2],
                HOLDOUT[3]))
        .as(looked.err())
        .isZero();
    JsonNode splits = Json.LINE.readTree(looked.out()).path("splits");
    int val = splits.path("val").asInt();
    assertThat(val + splits.path("test").asInt() + splits.path("train").asInt())
        .isEqualTo(PICTURES);
    JsonNode trained = Json.LINE.readTree(small.run().resolve("eval.json").toFile());
    assertThat(trained.path("rows").asInt()).isEqualTo(val);

    // The checkpoint knows what was held out of its training.
    String best = small.run().resolve("checkpoints/best").toString();
    assertThat(rows("eval", "--checkpoint", best, "--data", small.data().toString(), "--json"))
        .isEqualTo(val);
    assertThat(rows("eval", "--run", small.run().toString(), "--split", "test", "--json"))
        .isEqualTo(splits.path("test").asInt());
    assertThat(small.run().resolve("eval-test.json")).exists();

    SmallRun resumed = new SmallRun(folder);
    assertThat(
            resumed.train("--resume", "--set", "train.epochs=1", "--set", "train.warmup_steps=1"))
        .isEqualTo(2);
    assertThat(resumed.err())
        .contains("data.holdout was 0.2, is now 0", "data.eval_split was val, is now test");
  }

  @Test
  void isValidatedOnOneSplitAndTestedOnceOnAnotherWithTheBestWeights() throws Exception {
    String[] command = {
      HOLDOUT[0],
      HOLDOUT[1],
      HOLDOUT[2],
      HOLDOUT[3],
      "--set",
      "train.epochs=2",
      "--set",
      "train.warmup_steps=1",
      "--set",
      "eval.sets=[{name: after, use: test, split: test}, {name: choice, split: val, every: 3}]"
    };
    assertThat(small.train(command)).as(small.err()).isZero();
    List<EvalLine> lines = lines();
    EvalLine test = lines.getLast();
    assertThat(lines.subList(0, lines.size() - 1))
        .hasSizeGreaterThan(1)
        .allSatisfy(line -> assertThat(line.set()).isEqualTo("choice"));
    assertThat(test.set()).isEqualTo("after");
    assertThat(lines.stream().filter(line -> line.step() == test.step())).hasSize(2);

    JsonNode figures = Json.LINE.readTree(small.run().resolve("eval.json").toFile());
    assertThat(figures.path("split").asText()).isEqualTo("test");
    assertThat(figures.path("step").asLong()).isEqualTo(test.step());
    assertThat(figures.at("/image_to_text/r1").asDouble()).isEqualTo(test.imageToText().r1());
    assertThat(small.out())
        .contains("after: split test of", "choice, step " + test.step() + ": recall@1/5/10");
    assertThat(Files.readString(small.run().resolve("report.html")))
        .contains("Image to text, held out: choice", "Image to text, held out: after");

    SmallRun again = new SmallRun(folder);
    assertThat(
            again.train(
                Stream.concat(Stream.of("--resume"), Stream.of(command)).toArray(String[]::new)))
        .as(again.err())
        .isZero();
    assertThat(lines()).isEqualTo(lines);

    String run = small.run().toString();
    assertThat(rows("eval", "--run", run, "--json")).isEqualTo(figures.path("rows").asInt());
    assertThat(rows("eval", "--run", run, "--json", "--on", "choice"))
        .isNotEqualTo(figures.path("rows").asInt());
    assertThat(small.run().resolve("eval-val.json")).exists();
    assertThat(new SmallRun(folder).facet("eval", "--run", run, "--on", "else")).isEqualTo(2);

    // Between a model and itself all are the same.
    SmallRun sweep = new SmallRun(folder);
    String best = small.run().resolve("checkpoints/best").toString();
    assertThat(sweep.facet("eval", "--run", run, "--blend", "0,0.5,1", "--start", best))
        .as(sweep.err())
        .isZero();
    JsonNode points = Json.LINE.readTree(small.run().resolve("eval.json").toFile()).path("blend");
    assertThat(points).hasSize(3);
    for (JsonNode point : points) {
      assertThat(point.at("/image_to_text/r5").asDouble()).isEqualTo(test.imageToText().r5());
    }
    assertThat(Files.readString(small.run().resolve("report.html")))
        .contains("Between start and training", "share of the trained weights");
  }

  private List<EvalLine> lines() throws IOException {
    return RunLog.read(small.run()).stream()
        .filter(EvalLine.class::isInstance)
        .map(EvalLine.class::cast)
        .toList();
  }

  @Test
  void isRefusedWithTheCureWhereNothingIsHeldOut() {
    assertThat(small.train()).isEqualTo(2);
    assertThat(small.err()).contains("no rows in split 'test'", "data.holdout");
  }

  private int rows(String... arguments) throws IOException {
    SmallRun eval = new SmallRun(folder);
    assertThat(eval.facet(arguments)).as(eval.err()).isZero();
    return Json.LINE.readTree(eval.out()).path("rows").asInt();
  }
}
