package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real program finds out before a run. */
final class DryRunTest {
  private static final String TINY = "model: {preset: tiny, vocab_size: 300}\n";

  @TempDir private Path folder;
  private SmallRun facet;

  @BeforeEach
  void program() throws IOException {
    facet = new SmallRun(folder);
  }

  @Test
  void dataModelMemoryAndDiskAreToldAndNothingIsMade() throws IOException {
    pictures(folder.resolve("faces"), 40, 8);
    assertThat(dryRun("faces", "train: {batch: 10, epochs: 3, warmup_steps: 2}\n")).isZero();
    assertThat(facet.err())
        .contains("training: split train, 40 rows")
        .contains("held out: test, split test, 8 rows")
        .contains("run: 12 steps, 4 an epoch, warm-up 2")
        .contains("model: preset tiny, drawn at random, 1,697,281 weights")
        .contains("memory: about ", ", features and loss 0 MB, ", "disk: checkpoints ");
    assertThat(facet.out()).contains("\n  batch: 10\n");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void whatIsWrongWithDataAndSettingsIsToldAtOnce() throws IOException {
    pictures(folder.resolve("faces"), 40, 8);
    String settings = "train: {batch: 64, epochs: 3, lrr: 1}\n";
    assertThat(dryRun("faces", settings, "--set", "data.eval_split=val")).isEqualTo(2);
    assertThat(facet.err())
        .contains("3 problems:")
        .contains("train.lrr is not a setting")
        .contains("train.batch is 64, but the training split has only 40 pictures")
        .contains("in split 'val'; there is test, train");
  }

  @Test
  void picturesThatAreElsewhereAreMissedBeforeTheRun() throws IOException {
    pictures(folder.resolve("faces"), 40, 8);
    Files.createDirectories(folder.resolve("empty"));
    String root = folder.resolve("empty").toString();
    assertThat(
            dryRun(
                "faces",
                "train: {batch: 10, epochs: 3, warmup_steps: 50}\n",
                "--set",
                "data.image_root=" + root))
        .isEqualTo(2);
    assertThat(facet.err())
        .contains("3 problems:")
        .contains("train.warmup_steps asks for 50 steps of warm-up, but the whole run has 12 steps")
        .contains("none of the 40 rows of")
        .contains("none of the 8 rows of")
        .contains("pictures were looked for below " + root + " (data.image_root)");
  }

  private int dryRun(String data, String settings, String... more) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("my.yaml"),
            "run: {dir: %s}\ndata: {root: %s}\n%s%s"
                .formatted(folder.resolve("run"), folder.resolve(data), TINY, settings));
    String[] arguments = new String[4 + more.length];
    arguments[0] = "train";
    arguments[1] = "--dry-run";
    arguments[2] = "--config";
    arguments[3] = config.toString();
    System.arraycopy(more, 0, arguments, 4, more.length);
    return facet.facet(arguments);
  }

  private static void pictures(Path folder, int train, int test) throws IOException {
    Files.createDirectories(folder);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < train + test; i++) {
      ImageIO.write(
          new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB),
          "png",
          folder.resolve(i + ".png").toFile());
      lines.append(
          "{\"image\": \"%s.png\", \"caption\": \"a face\", \"split\": \"%s\"}\n"
              .formatted(i, i < train ? "train" : "test"));
    }
    Files.writeString(folder.resolve("captions.jsonl"), lines);
  }
}
