package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facet.loader.decode.DecodeSettings;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.clip.ModelPreset;
import dev.facet.model.ops.Precision;
import dev.facet.model.text.BpeTrainer;
import dev.facet.model.text.TokenizerFiles;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelScorerTest {
  @TempDir private Path folder;

  @Test
  void aPairScoresTheSameWhateverStandsBesideIt() throws IOException {
    model();
    byte[] red = picture(Color.RED);
    byte[] blue = picture(Color.BLUE);
    byte[] none = "no picture".getBytes(StandardCharsets.UTF_8);
    try (ModelScorer scorer = ModelScorer.open(folder, DecodeSettings.DEFAULT)) {
      double[] together =
          scorer.score(List.of(red, red, none, blue), List.of("one", "two", "one", "one"));

      assertThat(together[2]).isNaN();
      assertThat(together[0]).isNotEqualTo(together[1]).isBetween(-1.0001, 1.0001);
      assertThat(scorer.score(List.of(red), List.of("two"))[0])
          .isCloseTo(together[1], within(1e-5));
      assertThat(scorer.score(List.of(blue), List.of("one"))[0])
          .isCloseTo(together[3], within(1e-5));
    }
  }

  /** A model of random weights with a tokenizer of its own. */
  private void model() throws IOException {
    BpeTrainer trainer = new BpeTrainer();
    trainer.add("a red face, a blue face, ".repeat(3));
    trainer.train(520).write(folder.resolve(TokenizerFiles.TOKENIZER));
    ModelOptions options = ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32);
    try (DualEncoder model =
        DualEncoder.random(ModelPreset.TINY.config(16, 8, 12, 520, 518, 519), options)) {
      ModelDirectory.write(model, folder);
    }
  }

  private static byte[] picture(Color colour) throws IOException {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(colour);
    graphics.fillRect(5, 5, 20, 20);
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }
}
