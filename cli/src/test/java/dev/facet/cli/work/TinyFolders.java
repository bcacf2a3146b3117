package dev.facet.cli.work;

import dev.facet.model.Architecture;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.clip.ModelPreset;
import dev.facet.model.config.TowerSize;
import dev.facet.model.flip.FlipConfig;
import dev.facet.model.ops.Activation;
import dev.facet.model.ops.Precision;
import dev.facet.model.siglip.SiglipConfig;
import dev.facet.model.text.BpeTrainer;
import dev.facet.model.text.TokenizerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Model folders to start from: pictures of 32 pixels, captions of real length, random weights. */
final class TinyFolders {
  static final int PIXELS = 32;

  /** What captions are made of, and all that a vocabulary has to know. */
  private static final List<String> WORDS =
      List.of("a", "face", "in", "light", "red", "green", "blue", "grey", "dark", "pale");

  private static final int PATCH = 16;
  private static final int IDS = 520;
  private static final int END = IDS - 1;

  private TinyFolders() {}

  /** A caption that few others are alike. */
  static String caption(int number) {
    return "a %s face in %s %s light"
        .formatted(
            WORDS.get(4 + number % 6), WORDS.get(4 + number / 6 % 6), WORDS.get(4 + number / 36));
  }

  /** A CLIP that reads 77 tokens. */
  static Path clip(Path folder) throws IOException {
    write(ModelPreset.TINY.config(PIXELS, PATCH, 77, IDS, END - 1, END), folder);
    return learned(folder);
  }

  /** A SigLIP that reads 64 tokens. */
  static Path siglip(Path folder) throws IOException {
    TowerSize tower = new TowerSize(32, 1, 2, 64, Activation.GELU_TANH, 1e-6);
    write(new SiglipConfig(32, PIXELS, PATCH, tower, IDS, 64, END, END, tower), folder);
    return learned(folder);
  }

  /** A FLIP that reads 16 tokens, with a queue of 40 pairs. */
  static Path flip(Path folder) throws IOException {
    TowerSize tower = new TowerSize(32, 1, 2, 64, Activation.GELU, 1e-6);
    int own = 4 + WORDS.size();
    write(new FlipConfig(16, PIXELS, PATCH, tower, own + 2, 16, 32, 0, tower, 40), folder);
    Files.writeString(
        folder.resolve("vocab.txt"),
        "[PAD]\n[UNK]\n[CLS]\n[SEP]\n" + String.join("\n", WORDS) + "\n");
    return folder;
  }

  private static void write(Architecture sizes, Path folder) throws IOException {
    Files.createDirectories(folder);
    try (DualEncoder model =
        DualEncoder.random(sizes, ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32))) {
      ModelDirectory.write(model, folder);
    }
  }

  private static Path learned(Path folder) throws IOException {
    BpeTrainer trainer = new BpeTrainer();
    for (int number = 0; number < 36; number++) {
      trainer.add(caption(number));
    }
    trainer.train(IDS).write(folder.resolve(TokenizerFiles.TOKENIZER));
    return folder;
  }
}
