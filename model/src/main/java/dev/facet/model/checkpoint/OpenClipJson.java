package dev.facet.model.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.model.Architecture;
import dev.facet.model.config.OpenClipFile;
import dev.facet.model.pictures.Preprocessing;
import dev.facet.model.pictures.Resizing;
import dev.facet.model.text.CaptionCleanup;
import dev.facet.model.text.TokenizerFiles;
import org.jspecify.annotations.Nullable;

/** What an {@code open_clip_config.json} holds; {@link OpenClipFile} reads the same. */
final class OpenClipJson {
  private OpenClipJson() {}

  /**
   * Sizes and preprocessing of a model.
   *
   * @param captions how captions are cleaned up for a {@code tokenizer.json} beside the config;
   *     null where open_clip's own tokenizer reads them
   * @throws FacetException usage, if open_clip has no such model
   */
  static ObjectNode of(
      Architecture config, Preprocessing preprocessing, @Nullable CaptionCleanup captions) {
    ObjectNode json = Json.PRETTY.createObjectNode();
    ObjectNode model = json.putObject("model_cfg");
    model.put("embed_dim", config.embedDim());
    config
        .openClip()
        .orElseThrow(
            () ->
                FacetException.usage(
                    "open_clip has no model of type "
                        + config.type()
                        + "; export it with --to huggingface or --to torchscript"))
        .write(json, model);
    ObjectNode text = (ObjectNode) model.get("text_cfg");
    text.put("context_length", config.contextLength());
    text.put("vocab_size", config.vocabSize());
    text.put("pad_id", config.padToken());
    if (captions != null) {
      // In a local folder any name means the files there.
      text.put("hf_tokenizer_name", TokenizerFiles.TOKENIZER);
      text.putObject("tokenizer_kwargs").put("clean", cleanup(captions));
    }
    ObjectNode pictures = json.putObject("preprocess_cfg");
    preprocessing.mean().forEach(pictures.putArray("mean")::add);
    preprocessing.std().forEach(pictures.putArray("std")::add);
    pictures.put("interpolation", interpolation(preprocessing.resizing().filter()));
    pictures.put("resize_mode", preprocessing.resizing().squash() ? "squash" : "shortest");
    return json;
  }

  /** The nearest of open_clip's (tokenizer.py, get_clean_fn). */
  private static String cleanup(CaptionCleanup captions) {
    return switch (captions) {
      case NONE, FLIP -> "whitespace";
      case WEB, LOWER -> "lower";
      case SIGLIP -> "canonicalize";
    };
  }

  private static String interpolation(int filter) {
    return switch (filter) {
      case Resizing.BICUBIC -> "bicubic";
      case Resizing.BILINEAR -> "bilinear";
      default ->
          throw FacetException.usage(
              "open_clip resizes by bicubic or bilinear, not by Pillow's filter " + filter);
    };
  }
}
