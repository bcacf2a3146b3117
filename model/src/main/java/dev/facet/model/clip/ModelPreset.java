package dev.facet.model.clip;

import dev.facet.model.config.TowerSize;

/**
 * Shapes to train from scratch. The ViT names and sizes are those of Radford et al. 2021, table 20.
 */
public enum ModelPreset {
  /** Learns the built-in picture set in minutes on a CPU. */
  TINY(128, 64, 8, TowerSize.of(128, 4, 4), 48, TowerSize.of(128, 4, 4)),
  /** For a few thousand photographs on a CPU, or a small GPU. */
  SMALL(256, 96, 12, TowerSize.of(256, 6, 8), 64, TowerSize.of(256, 6, 8)),
  VIT_B_32(512, 224, 32, TowerSize.of(768, 12, 12), 77, TowerSize.of(512, 12, 8)),
  VIT_B_16(512, 224, 16, TowerSize.of(768, 12, 12), 77, TowerSize.of(512, 12, 8)),
  VIT_L_14(768, 224, 14, TowerSize.of(1024, 24, 16), 77, TowerSize.of(768, 12, 12));

  private final int embedDim;
  private final int imageSize;
  private final int patchSize;
  private final TowerSize vision;
  private final int contextLength;
  private final TowerSize text;

  ModelPreset(
      int embedDim,
      int imageSize,
      int patchSize,
      TowerSize vision,
      int contextLength,
      TowerSize text) {
    this.embedDim = embedDim;
    this.imageSize = imageSize;
    this.patchSize = patchSize;
    this.vision = vision;
    this.contextLength = contextLength;
    this.text = text;
  }

  public int imageSize() {
    return imageSize;
  }

  public int patchSize() {
    return patchSize;
  }

  public int contextLength() {
    return contextLength;
  }

  /** The full config for a tokenizer's ids; captions are padded with the end token. */
  public ClipConfig config(
      int image, int patch, int context, int vocabSize, int startToken, int endToken) {
    return new ClipConfig(
        embedDim, image, patch, vision, vocabSize, context, startToken, endToken, endToken, text);
  }
}
