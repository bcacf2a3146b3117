package dev.facet.cli.work;

import dev.facet.base.FacetException;
import dev.facet.cli.settings.ModelConfig;
import dev.facet.model.Architecture;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.clip.ClipConfig;
import dev.facet.model.clip.ModelPreset;
import dev.facet.model.text.CaptionTokenizer;
import dev.facet.model.vectors.PictureVectors;
import dev.facet.model.vectors.VectorConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sizes of a run's model: of the folders that its towers start from, of the preset, as asked. */
final class Sizes {
  private Sizes() {}

  /**
   * What sizes depend on a tokenizer for.
   *
   * @param vocabulary how many ids there are
   * @param start the id before a caption
   * @param end the id behind it
   */
  record Tokens(int vocabulary, int start, int end) {
    static Tokens of(CaptionTokenizer tokenizer) {
      return new Tokens(tokenizer.vocabularySize(), tokenizer.startToken(), tokenizer.endToken());
    }

    /** Of a vocabulary that is still to be learned, at most. */
    static Tokens most(ModelConfig model) {
      return new Tokens(model.vocabSize(), model.vocabSize() - 2, model.vocabSize() - 1);
    }
  }

  /** Of a model that sees this of the pictures. */
  static Architecture of(ModelConfig model, Tokens tokens, Seen seen) throws IOException {
    return switch (seen) {
      case Seen.Pixels pixels -> of(model, tokens);
      case Seen.Vectors vectors -> over(vectors.pictures(), model, tokens);
    };
  }

  /** Vectors that are not projected bring their joint space along. */
  private static Architecture over(PictureVectors pictures, ModelConfig model, Tokens tokens)
      throws IOException {
    Path folder = model.texts();
    Architecture texts =
        folder == null ? preset(model, tokens) : ModelDirectory.config(folder).texts();
    int own = pictures.projected() ? texts.embedDim() : pictures.width();
    Architecture sizes = texts.withEmbedDim(or(model.embedDim(), own));
    return new VectorConfig(sizes.withContextLength(contextLength(model)), pictures);
  }

  static Architecture of(ModelConfig model, Tokens tokens) throws IOException {
    Path images = model.images();
    Path texts = model.texts();
    if (images != null) {
      ModelDirectory.requireTowers(images, true, false);
    }
    if (texts != null) {
      ModelDirectory.requireTowers(texts, false, true);
    }
    Architecture sizes;
    if (images != null && images.equals(texts)) {
      sizes = ModelDirectory.config(images);
    } else if (images != null && texts != null) {
      sizes = ModelDirectory.config(images).withTextOf(ModelDirectory.config(texts).texts());
    } else if (images != null) {
      Architecture config = ModelDirectory.config(images);
      sizes = preset(model, tokens).withVisionOf(config).withEmbedDim(config.embedDim());
    } else if (texts != null) {
      Architecture config = ModelDirectory.config(texts).texts();
      sizes = preset(model, tokens).withTextOf(config).withEmbedDim(config.embedDim());
    } else {
      sizes = preset(model, tokens);
    }
    sizes = images == null ? sizes : sizes.withImageSize(imageSize(model, images));
    sizes = sizes.withContextLength(contextLength(model));
    Integer embed = model.embedDim();
    return embed == null ? sizes : sizes.withEmbedDim(embed);
  }

  /** Tokens per caption. */
  static int contextLength(ModelConfig model) throws IOException {
    Path texts = model.texts();
    int own =
        texts == null
            ? model.preset().contextLength()
            : ModelDirectory.config(texts).contextLength();
    return or(model.contextLength(), own);
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
          String.format(
              Locale.ROOT,
              "model.image_size is %d, but the weights in %s see patches of %d pixels; ask for at"
                  + " least one patch, or leave it out for their own %d",
              side,
              images,
              own.patchSize(),
              own.imageSize()));
    }
    return side;
  }

  private static ClipConfig preset(ModelConfig model, Tokens tokens) throws IOException {
    ModelPreset preset = model.preset();
    boolean own = model.images() == null;
    int image = own ? or(model.imageSize(), preset.imageSize()) : preset.imageSize();
    int patch = own ? or(model.patchSize(), preset.patchSize()) : preset.patchSize();
    if (image % patch != 0) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "model.patch_size %d does not divide model.image_size %d; an image size of %d would"
                  + " fit",
              patch,
              image,
              image / patch * patch));
    }
    return preset.config(
        image, patch, contextLength(model), tokens.vocabulary(), tokens.start(), tokens.end());
  }

  static int or(@Nullable Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }
}
