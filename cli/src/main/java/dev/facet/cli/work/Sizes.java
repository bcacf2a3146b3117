package dev.facet.cli.work;

import dev.facet.base.FacetException;
import dev.facet.cli.config.ModelConfig;
import dev.facet.model.Architecture;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.clip.ClipConfig;
import dev.facet.model.clip.ModelPreset;
import dev.facet.model.text.CaptionTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Sizes of a run's model: of the folders that its towers start from, of the preset, as asked. */
final class Sizes {
  private Sizes() {}

  static Architecture of(ModelConfig model, CaptionTokenizer tokenizer) throws IOException {
    Path images = model.images();
    Path texts = model.texts();
    Architecture sizes;
    if (images != null && images.equals(texts)) {
      sizes = ModelDirectory.config(images);
    } else if (images != null && texts != null) {
      sizes = ModelDirectory.config(images).withTextOf(ModelDirectory.config(texts));
    } else if (images != null) {
      Architecture config = ModelDirectory.config(images);
      sizes = preset(model, tokenizer).withVisionOf(config).withEmbedDim(config.embedDim());
    } else if (texts != null) {
      Architecture config = ModelDirectory.config(texts);
      sizes = preset(model, tokenizer).withTextOf(config).withEmbedDim(config.embedDim());
    } else {
      sizes = preset(model, tokenizer);
    }
    sizes = images == null ? sizes : sizes.withImageSize(imageSize(model, images));
    Integer embed = model.embedDim();
    return embed == null ? sizes : sizes.withEmbedDim(embed);
  }

  /** Tokens per caption. */
  static int contextLength(ModelConfig model) throws IOException {
    Path texts = model.texts();
    return texts == null
        ? or(model.contextLength(), model.preset().contextLength())
        : ModelDirectory.config(texts).contextLength();
  }

  /**
   * Side of the pictures that weights are to see: as asked, else their own. Patches need not divide
   * it (SigLIP so400m-patch14-384 has 27 in a row), but one has to fit.
   */
  static int imageSize(ModelConfig model, Path images) throws IOException {
    Architecture own = ModelDirectory.config(images);
    int side = or(model.imageSize(), own.imageSize());
    if (side < own.patchSize()) {
      throw FacetException.usage(
          "model.image_size is %d, but the weights in %s see patches of %d pixels; ask for at least one patch, or leave it out for their own %d"
              .formatted(side, images, own.patchSize(), own.imageSize()));
    }
    return side;
  }

  private static ClipConfig preset(ModelConfig model, CaptionTokenizer tokenizer)
      throws IOException {
    ModelPreset preset = model.preset();
    boolean own = model.images() == null;
    int image = own ? or(model.imageSize(), preset.imageSize()) : preset.imageSize();
    int patch = own ? or(model.patchSize(), preset.patchSize()) : preset.patchSize();
    if (image % patch != 0) {
      throw FacetException.usage(
          "model.patch_size %d does not divide model.image_size %d; an image size of %d would fit"
              .formatted(patch, image, image / patch * patch));
    }
    return preset.config(
        image,
        patch,
        contextLength(model),
        tokenizer.vocabularySize(),
        tokenizer.startToken(),
        tokenizer.endToken());
  }

  static int or(@Nullable Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }
}
