package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import dev.facet.base.Staged;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
  @TempDir Path folder;
  private SmallRun small;

  @BeforeEach
  void config() throws IOException {
    small = new SmallRun(folder);
  }

  @Test
  void aRunEndsWithFiguresCheckpointsAndAReport() throws Exception {
    small.withPictures();
    assertThat(small.train()).as(small.err()).isZero();
    assertThat(small.out()).contains("image to text", "R@10", "report");
    assertThat(SmallRun.losses(small.run())).hasSize(SmallRun.STEPS);
    assertThat(small.run())
        .isDirectoryContaining(file -> file.endsWith("eval.json"))
        .isDirectoryContaining(file -> file.endsWith("config.yaml"))
        .isDirectoryContaining(file -> file.endsWith("report.html"));
    assertThat(small.run().resolve("checkpoints/best"))
        .isDirectoryContaining(file -> file.endsWith("model.safetensors"))
        .isDirectoryContaining(file -> file.endsWith("config.json"))
        .isDirectoryContaining(file -> file.endsWith("tokenizer.json"))
        .isDirectoryContaining(file -> file.endsWith("tokenizer_config.json"))
        .isDirectoryContaining(file -> file.endsWith("preprocessor_config.json"));

    assertThat(small.run().resolve("lock")).doesNotExist();
    // The best one is scored for the report only where that was not done just before.
    long others = small.out().contains("(step 54)") ? 0 : 1;
    assertThat(small.err().lines().filter(line -> line.matches("evaluating .*  in \\d.*")))
        .hasSize((int) (3 + others));

    JsonNode atTheEnd = Json.LINE.readTree(small.run().resolve("eval.json").toFile());
    SmallRun again = new SmallRun(folder);
    String best = small.run().resolve("checkpoints/best").toString();
    assertThat(
            again.facet("eval", "--checkpoint", best, "--data", small.data().toString(), "--json"))
        .as(again.err())
        .isZero();
    JsonNode alone = Json.LINE.readTree(again.out());
    assertThat(alone.path("image_to_text")).isEqualTo(atTheEnd.path("image_to_text"));
    assertThat(alone.path("text_to_image")).isEqualTo(atTheEnd.path("text_to_image"));
    assertThat(again.err()).doesNotContain("warning");

    SmallRun otherwise = new SmallRun(folder);
    String data = small.data().toString();
    assertThat(
            otherwise.facet(
                "eval", "--checkpoint", best, "--data", data, "--set", "eval.resize_mode=squash"))
        .as(otherwise.err())
        .isZero();
    assertThat(otherwise.err())
        .contains("wants shortest, bicubic, but this config resizes by squash, bicubic");
  }

  @Test
  void aModelIsScoredAtTheSizeAskedForWithItsOwnTokenizer() throws Exception {
    small.withPictures();
    assertThat(small.train("--set", "train.epochs=1", "--set", "train.warmup_steps=1")).isZero();
    SmallRun again = new SmallRun(folder);
    Path other = Files.writeString(folder.resolve("vocab.txt"), "[UNK]\n[CLS]\n[SEP]\n");
    assertThat(
            again.facet(
                "eval",
                "--run",
                small.run().toString(),
                "--set",
                "model.image_size=20",
                "--set",
                "model.tokenizer=" + other))
        .as(again.err())
        .isZero();
    assertThat(again.err()).contains("note: model.tokenizer " + other + " is passed over");
    assertThat(Files.readString(small.run().resolve("eval.json"))).contains("image_to_text");

    SmallRun same = new SmallRun(folder);
    Path own = small.run().resolve("tokenizer.json");
    assertThat(
            same.facet("eval", "--run", small.run().toString(), "--set", "model.tokenizer=" + own))
        .isZero();
    assertThat(same.err()).doesNotContain("passed over");
  }

  @Test
  void unreadablePicturesAreQuarantinedAndTheRunGoesOn() throws Exception {
    pictureFolder(40);
    Files.writeString(small.data().resolve("7.png"), "not a picture");
    Files.delete(small.data().resolve("9.png"));
    assertThat(
            small.train(
                "--set", "train.epochs=6",
                "--set", "train.warmup_steps=1",
                "--set", "data.max_bad_fraction=0.3"))
        .as(small.err())
        .isZero();
    List<String> quarantine = Files.readAllLines(small.run().resolve("quarantine.jsonl"));
    assertThat(quarantine)
        .hasSize(2)
        .anyMatch(line -> line.contains("7.png") && line.contains("unsupported"))
        .anyMatch(line -> line.contains("9.png") && line.contains("missing"));
    assertThat(Files.readString(small.run().resolve("report.html"))).contains("unsupported");
  }

  @Test
  void aStartThatFailedBeforeItsFirstStepIsInNobodysWay() throws Exception {
    pictureFolder(40);
    for (int i = 0; i < 40; i++) {
      Files.move(small.data().resolve(i + ".png"), folder.resolve(i + ".png"));
    }
    assertThat(small.train("--set", "train.warmup_steps=1")).isNotZero();
    assertThat(small.run()).doesNotExist();

    // A start that was killed there could not clear away.
    Files.createDirectories(small.run());
    Files.writeString(small.run().resolve("lock"), "{\"pid\":");
    Files.writeString(small.run().resolve("metrics.jsonl"), "");
    Files.writeString(
        small.run().resolve("quarantine.jsonl"),
        "{\"row\":1,\"id\":\"1.png\",\"source\":\"x\",\"reason\":\"missing\"}\n");
    for (int i = 0; i < 40; i++) {
      Files.move(folder.resolve(i + ".png"), small.data().resolve(i + ".png"));
    }
    SmallRun corrected = new SmallRun(folder);
    assertThat(corrected.train("--set", "train.warmup_steps=1", "--set", "train.lr=1e-4"))
        .as(corrected.err())
        .isZero();
    assertThat(small.run().resolve("quarantine.jsonl")).isEmptyFile();
  }

  @Test
  void aStartThatIsRefusedTakesBackThePicturesItDrew() throws Exception {
    int code =
        small.train(
            "--set", "data.synth_pictures=24",
            "--set", "data.eval_split=absent",
            "--set", "train.warmup_steps=1");
    assertThat(code).as(small.err()).isEqualTo(2);
    assertThat(small.data()).doesNotExist();
    assertThat(small.run()).doesNotExist();
  }

  @Test
  void aQuarantineThatWasCutWithinACharacterCostsNoReport() throws Exception {
    small.withPictures();
    assertThat(small.train("--set", "train.epochs=1", "--set", "train.warmup_steps=1")).isZero();
    Path quarantine = small.run().resolve("quarantine.jsonl");
    Files.write(
        quarantine,
        "{\"row\":1,\"id\":\"a\",\"source\":\"s\",\"reason\":\"corrupt\"}\n{\"row\":2,\"id\":\"\u00c3"
            .getBytes(StandardCharsets.ISO_8859_1));
    Files.writeString(
        small.run().resolve("metrics.jsonl"), "{\"type\":\"st", StandardOpenOption.APPEND);
    SmallRun again = new SmallRun(folder);
    assertThat(again.train("--resume", "--set", "train.epochs=1", "--set", "train.warmup_steps=1"))
        .as(again.err())
        .isZero();
    assertThat(Files.readString(small.run().resolve("report.html"))).contains("corrupt");
  }

  @Test
  void aTruncatedShardEndsInOneMessage() throws Exception {
    small.withPictures();
    Path shard = small.data().resolve("train-00000.parquet");
    try (RandomAccessFile file = new RandomAccessFile(shard.toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }
    assertThat(small.train()).isEqualTo(1);
    assertOneMessage("train-00000.parquet", "make or copy it again");
    assertThat(small.run()).doesNotExist();
  }

  @Test
  void absentDataEndsInOneMessage() throws Exception {
    assertThat(small.train()).isEqualTo(2);
    assertOneMessage("data.root", small.data().toString());
    assertThat(small.run()).doesNotExist();
  }

  @Test
  void anEmptyDatasetEndsInOneMessage() throws Exception {
    Files.createDirectories(small.data());
    Files.writeString(small.data().resolve("captions.jsonl"), "");
    assertThat(small.train()).isEqualTo(2);
    assertOneMessage("has no entries", "captions.jsonl");
    assertThat(small.run()).doesNotExist();
  }

  @Test
  void fewerPicturesThanABatchEndInOneMessage() throws Exception {
    pictureFolder(12);
    assertThat(small.train()).isEqualTo(2);
    assertOneMessage("train.batch is 16", "set train.batch to at most");
    assertThat(small.run()).doesNotExist();
  }

  @Test
  void aResumeWithFewerEpochsThanDoneLeavesTheConfigAsItWas() throws Exception {
    small.withPictures();
    assertThat(small.train("--set", "train.epochs=2", "--set", "train.warmup_steps=1")).isZero();
    String before = Files.readString(small.run().resolve("config.yaml"));
    SmallRun again = new SmallRun(folder);
    int code = again.train("--resume", "--set", "train.epochs=1", "--set", "train.warmup_steps=1");
    assertThat(code).isEqualTo(2);
    assertThat(again.err()).contains("train.epochs is 1", "raise it");
    assertThat(small.run().resolve("config.yaml")).hasContent(before);
  }

  @Test
  void aTokenizerOfAnotherModelIsRefusedBeforeAnyWork() throws Exception {
    small.withPictures();
    assertThat(small.train("--set", "train.epochs=1", "--set", "train.warmup_steps=1")).isZero();
    Path checkpoint = small.run().resolve("checkpoints/best");
    Path tokenizer = checkpoint.resolve("tokenizer.json");
    Staged.write(tokenizer, Files.readString(tokenizer).replace("519", "7"));
    SmallRun again = new SmallRun(folder);
    int code =
        again.facet(
            "eval", "--checkpoint", checkpoint.toString(), "--data", small.data().toString());
    assertThat(code).isEqualTo(2);
    assertThat(again.err()).contains("belongs to another model");
  }

  private void assertOneMessage(String... parts) {
    assertThat(small.err().strip()).startsWith("facet: ").contains(parts).doesNotContain("\tat ");
  }

  /** Pictures of one colour each; every fourth is held out. */
  private void pictureFolder(int count) throws IOException {
    Files.createDirectories(small.data());
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(24, 20, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = image.createGraphics();
      graphics.setColor(Color.getHSBColor(i / (float) count, 1, 1));
      graphics.fillRect(0, 0, 24, 20);
      graphics.dispose();
      ImageIO.write(image, "png", small.data().resolve(i + ".png").toFile());
      lines.append(
          Json.LINE.writeValueAsString(
                  Map.of(
                      "image", i + ".png",
                      "caption", "colour number " + i,
                      "split", i % 4 == 0 ? "test" : "train"))
              + "\n");
    }
    Files.writeString(small.data().resolve("captions.jsonl"), lines);
  }
}
