package dev.facet.model.pictures;

import dev.facet.base.FacetException;
import dev.facet.base.Printable;
import java.nio.file.Path;
import java.util.List;

/**
 * What an image processor of transformers does where its file says nothing
 * (huggingface/transformers, image_processing_clip.py and its siblings). Files of older programs
 * leave out what is usual for their class, so a missing mean is that of the class and not that of
 * the model.
 */
enum ProcessorKind {
  /** Also BiT's and Chinese CLIP's, which have the same values. */
  CLIP(true, new Preprocessing(0, Values.CLIP_MEAN, Values.CLIP_STD, Resizing.CLIP)),
  SIGLIP(false, new Preprocessing(0, Values.HALVES, Values.HALVES, Resizing.SQUASH)),
  VIT(
      false,
      new Preprocessing(0, Values.HALVES, Values.HALVES, new Resizing(true, Resizing.BILINEAR))),
  BLIP(false, new Preprocessing(0, Values.CLIP_MEAN, Values.CLIP_STD, Resizing.SQUASH));

  /** Cuts the centre out unless told otherwise, and takes one number for the shorter side. */
  final boolean crops;

  private final Preprocessing usual;

  ProcessorKind(boolean crops, Preprocessing usual) {
    this.crops = crops;
    this.usual = usual;
  }

  /** What it does with pictures for a model that takes this size. */
  Preprocessing usual(int imageSize) {
    return usual.sized(imageSize);
  }

  /**
   * The kind of a class.
   *
   * @param type as {@code image_processor_type} or, in old files, {@code feature_extractor_type}
   *     names it
   * @throws FacetException usage, if its ways are not known
   */
  static ProcessorKind of(Path file, String type) {
    return switch (type.replaceAll("(ImageProcessor|FeatureExtractor)(Fast|Pil)?$", "")) {
      case "CLIP", "ChineseCLIP", "Bit" -> CLIP;
      case "Siglip" -> SIGLIP;
      case "ViT" -> VIT;
      case "Blip" -> BLIP;
      case "Siglip2" ->
          throw FacetException.usage(
              file
                  + ": "
                  + Printable.of(type)
                  + " makes pictures of varying sizes; take a variant of the model with a fixed"
                  + " size, such as patch16-224");
      default ->
          throw FacetException.usage(
              ("%s: image_processor_type is %s, whose ways are not known; if it cuts the centre"
                      + " out, write CLIPImageProcessor there, if it squashes pictures,"
                      + " SiglipImageProcessor, and beside it its image_mean, image_std, resample and"
                      + " size")
                  .formatted(file, Printable.of(type)));
    };
  }

  /** The statistics that processors share. */
  private static final class Values {
    static final List<Double> CLIP_MEAN = Preprocessing.clip(0).mean();
    static final List<Double> CLIP_STD = Preprocessing.clip(0).std();
    static final List<Double> HALVES = List.of(0.5, 0.5, 0.5);
  }
}
