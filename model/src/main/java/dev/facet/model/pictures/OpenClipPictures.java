package dev.facet.model.pictures;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.FacetException;
import dev.facet.base.Printable;
import java.nio.file.Path;
import java.util.List;

/**
 * The {@code preprocess_cfg} of an {@code open_clip_config.json} (mlfoundations/open_clip,
 * transform.py, PreprocessCfg).
 */
record OpenClipPictures(Path file, JsonNode json) {

  /** What the file says, and the usual where it says nothing. */
  Preprocessing over(Preprocessing usual) {
    JsonNode size = json.path("size");
    for (JsonNode side : size.isArray() ? size : List.of(size)) {
      if (!side.isMissingNode() && !side.isNull()) {
        PictureStatistics.requireSize(file, "size", side.asInt(), usual.imageSize());
      }
    }
    return new Preprocessing(
        usual.imageSize(),
        PictureStatistics.read(file, json, "mean", usual.mean(), Double.NEGATIVE_INFINITY),
        PictureStatistics.read(file, json, "std", usual.std(), 0),
        new Resizing(squash(), filter(), Resizing.Cut.TORCHVISION));
  }

  private boolean squash() {
    String mode = json.path("resize_mode").asText("shortest");
    return switch (mode) {
      case "shortest" -> false;
      case "squash" -> true;
      default ->
          throw FacetException.usage(
              "%s: resize_mode is %s; Facet resizes by shortest or squash: write the one that comes closest there"
                  .formatted(file, Printable.of(mode)));
    };
  }

  /** "random" is about training alone; open_clip evaluates such models bicubically. */
  private int filter() {
    String interpolation = json.path("interpolation").asText("bicubic");
    return switch (interpolation) {
      case "bicubic", "random" -> Resizing.BICUBIC;
      case "bilinear" -> Resizing.BILINEAR;
      default ->
          throw FacetException.usage(
              "%s: interpolation is %s; Facet resizes with bicubic or bilinear: write one of them there"
                  .formatted(file, Printable.of(interpolation)));
    };
  }
}
