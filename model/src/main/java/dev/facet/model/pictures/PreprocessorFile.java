package dev.facet.model.pictures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.base.Printable;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A {@code preprocessor_config.json} as Hugging Face's image processors understand it, old forms
 * included: sizes as one number or by name, steps that are switched off, other factors than 1/255.
 */
record PreprocessorFile(Path file, ObjectNode json) {
  private static final List<String> FILTERS =
      List.of("nearest", "lanczos", "bilinear", "bicubic", "box", "hamming");

  /**
   * What the file says, and where it says nothing what its class does; without a class the usual.
   */
  Preprocessing over(Preprocessing model) {
    String type = json.path("image_processor_type").asText("");
    type = type.isEmpty() ? json.path("feature_extractor_type").asText("") : type;
    if (type.isEmpty()) {
      return over(model, !model.resizing().squash());
    }
    ProcessorKind kind = ProcessorKind.of(file, type);
    return over(kind.usual(model.imageSize()), kind.crops);
  }

  private Preprocessing over(Preprocessing usual, boolean crops) {
    refuseOtherSteps();
    double factor = json.path("rescale_factor").asDouble(1 / 255.0);
    if (!json.path("do_rescale").asBoolean(true)) {
      factor = 1;
    }
    List<Double> mean =
        PictureStatistics.read(file, json, "image_mean", usual.mean(), Double.NEGATIVE_INFINITY);
    List<Double> std = PictureStatistics.read(file, json, "image_std", usual.std(), 0);
    if (!json.path("do_normalize").asBoolean(true)) {
      mean = List.of(0.0, 0.0, 0.0);
      std = List.of(1.0, 1.0, 1.0);
    }
    // (255 f x - mean) / std, of x in [0, 1], is (x - mean / 255 f) / (std / 255 f).
    double scale = 255 * factor;
    if (!(scale > 0) || Double.isInfinite(scale)) {
      throw wrong("rescale_factor", "a number above 0, usually 0.00392156862745098");
    }
    boolean usualScale = Math.abs(scale - 1) < 1e-6;
    return new Preprocessing(
        usual.imageSize(),
        usualScale ? mean : mean.stream().map(each -> each / scale).toList(),
        usualScale ? std : std.stream().map(each -> each / scale).toList(),
        new Resizing(squash(usual, crops), filter(usual)));
  }

  /**
   * @param crops whether the class cuts the centre out where the file does not say otherwise
   */
  private boolean squash(Preprocessing usual, boolean crops) {
    JsonNode size = json.path("size");
    boolean crop = json.path("do_center_crop").asBoolean(crops && !size.has("height"));
    if (crop) {
      sides("crop_size", usual.imageSize());
    }
    if (size.isMissingNode() || size.isNull()) {
      return !crop && usual.resizing().squash();
    }
    boolean squash = size.has("height") || (size.isInt() && !crop && !crops);
    if (squash) {
      sides("size", usual.imageSize());
      return true;
    }
    JsonNode shortest = size.isInt() ? size : size.path("shortest_edge");
    if (!shortest.isInt() || size.has("longest_edge")) {
      throw wrong("size", "a number, shortest_edge, or height and width");
    }
    if (!crop) {
      throw FacetException.usage(
          "%s: size is %s with do_center_crop false, which leaves pictures that are not square; set do_center_crop to true, or give height and width"
              .formatted(file, Printable.of(size.toString())));
    }
    if (shortest.asInt() != usual.imageSize()) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "%s: size is %s, but %d pixels are cut out of that; Facet cuts the whole shorter side"
                  + " out: write %d there, which shows a little more of each picture",
              file,
              Printable.of(size.toString()),
              usual.imageSize(),
              usual.imageSize()));
    }
    return false;
  }

  /** Height and width, or one number for both, must be what the model takes. */
  private void sides(String key, int needed) {
    JsonNode size = json.path(key);
    if (size.isMissingNode() || size.isNull()) {
      return;
    }
    if (size.isInt()) {
      PictureStatistics.requireSize(file, key, size.asInt(), needed);
      return;
    }
    for (String side : List.of("height", "width")) {
      if (!size.path(side).isInt()) {
        throw wrong(key, "a number, or height and width");
      }
      PictureStatistics.requireSize(file, key + "." + side, size.path(side).asInt(), needed);
    }
  }

  /** The number is Pillow's. */
  private int filter(Preprocessing usual) {
    JsonNode resample = json.path("resample");
    if (resample.isMissingNode() || resample.isNull()) {
      return usual.resizing().filter();
    }
    int filter = resample.asInt(-1);
    if (filter != Resizing.BILINEAR && filter != Resizing.BICUBIC) {
      String name = filter >= 0 && filter < FILTERS.size() ? " (" + FILTERS.get(filter) + ")" : "";
      throw FacetException.usage(
          "%s: resample is %s%s; Facet resizes with 2 (bilinear) or 3 (bicubic): write 3 there, figures may differ slightly"
              .formatted(file, Printable.of(resample.toString()), name));
    }
    return filter;
  }

  private void refuseOtherSteps() {
    if (!json.path("do_resize").asBoolean(true)) {
      throw wrong("do_resize", "true: pictures come in all sizes");
    }
    if (json.path("do_pad").asBoolean(false)) {
      throw wrong("do_pad", "false: Facet cuts or squashes pictures to the square");
    }
    double share = json.path("crop_pct").asDouble(json.at("/size/crop_pct").asDouble(1));
    if (share != 1) {
      throw wrong("crop_pct", "1: Facet cuts the whole shorter side out");
    }
  }

  private FacetException wrong(String key, String expected) {
    return FacetException.usage(
        "%s: %s is %s; it expects %s"
            .formatted(file, key, Printable.of(json.path(key).toString()), expected));
  }
}
