package dev.facet.cli.request;

/** Whose files an export is. */
public enum ExportFormat {
  /** {@code config.json}, {@code model.safetensors}. */
  HUGGINGFACE,
  /** {@code open_clip_config.json}, {@code open_clip_model.safetensors}. */
  OPEN_CLIP,
  /** Encoders that run in any libtorch. */
  TORCHSCRIPT
}
