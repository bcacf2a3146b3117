package dev.facet.cli.work;

import dev.facet.base.FacetException;
import dev.facet.cli.config.ModelConfig;
import dev.facet.model.Architecture;
import dev.facet.model.ClipConfig;
import dev.facet.model.ModelDirectory;
import dev.facet.model.ModelPreset;
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
    if (images != null) {
      requireSize(model, images);
    }
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
    Integer image = model.imageSize();
    Integer embed = model.embedDim();
    sizes = image == null ? sizes : sizes.withImageSize(image);
    return embed == null ? sizes : sizes.withEmbedDim(embed);
  }

  /** Tokens per caption. */
  static int contextLength(ModelConfig model) throws IOException {
    Path texts = model.texts();
    return texts == null
        ? or(model.contextLength(), model.preset().contextLength())
        : ModelDirectory.config(texts).contextLength();
  }

  /** Another image size than the weights' own is possible where patches still fit. */
  static void requireSize(ModelConfig model, Path images) throws IOException {
    Integer asked = model.imageSize();
    int patch = ModelDirectory.config(images).patchSize();
    if (asked != null && asked % patch != 0) {
      throw FacetException.usage(
          "model.image_size is %d, but the weights in %s see patches of %d pixels; %d would fit"
              .formatted(asked, images, patch, Math.max(1, asked / patch) * patch));
    }
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
