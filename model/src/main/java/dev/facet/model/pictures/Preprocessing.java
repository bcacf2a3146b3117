package dev.facet.model.pictures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How a model wants its pictures; kept as Hugging Face's {@code preprocessor_config.json}.
 *
 * @param imageSize side of the square input, in pixels
 * @param mean per channel (R, G, B), of pixels in [0, 1]
 * @param std per channel
 * @param resizing how a picture becomes that square
 */
public record Preprocessing(int imageSize, List<Double> mean, List<Double> std, Resizing resizing) {
  public static final String FILE = "preprocessor_config.json";

  /** What transformers 5 writes in its place, with more in it. */
  private static final String PROCESSOR = "processor_config.json";

  private static final String OPEN_CLIP = "open_clip_config.json";

  /** The statistics of OpenAI's CLIP (openai/CLIP, clip.py). */
  public static Preprocessing clip(int imageSize) {
    return new Preprocessing(
        imageSize,
        List.of(0.48145466, 0.4578275, 0.40821073),
        List.of(0.26862954, 0.26130258, 0.27577711),
        Resizing.CLIP);
  }

  /**
   * What a model folder says: the {@code image_processor} in {@code processor_config.json}, else
   * {@code preprocessor_config.json}, else the {@code preprocess_cfg} in {@code
   * open_clip_config.json}, else what is usual. The first two are in the order in which
   * transformers 5 takes them.
   *
   * @param usual how the architecture wants its pictures, in the size that the model takes
   * @throws FacetException usage, if pictures would have to be prepared in a way that is not
   *     supported, or come out in another size
   */
  public static Preprocessing of(Path directory, Preprocessing usual) throws IOException {
    Path whole = directory.resolve(PROCESSOR);
    if (Files.exists(whole)
        && Json.read(whole, ObjectNode.class).path("image_processor")
            instanceof ObjectNode pictures) {
      return new PreprocessorFile(whole, pictures).over(usual);
    }
    Path own = directory.resolve(FILE);
    if (Files.exists(own)) {
      return new PreprocessorFile(own, Json.read(own, ObjectNode.class)).over(usual);
    }
    Path openClip = directory.resolve(OPEN_CLIP);
    if (Files.exists(openClip)) {
      JsonNode settings = Json.read(openClip, ObjectNode.class).path("preprocess_cfg");
      return new OpenClipPictures(openClip, settings).over(usual);
    }
    return usual;
  }

  /** The same with pictures resized like this. */
  public Preprocessing resized(Resizing otherwise) {
    return new Preprocessing(imageSize, mean, std, otherwise);
  }

  /** The same for a model that takes another size. */
  public Preprocessing sized(int side) {
    return new Preprocessing(side, mean, std, resizing);
  }

  /** What {@value #FILE} holds, for Hugging Face's processors of CLIP and SigLIP. */
  public String toJson() throws IOException {
    ObjectNode json = Json.PRETTY.createObjectNode();
    json.put(
        "image_processor_type", resizing.squash() ? "SiglipImageProcessor" : "CLIPImageProcessor");
    json.put("do_convert_rgb", true);
    json.put("do_resize", true);
    ObjectNode size = json.putObject("size");
    if (resizing.squash()) {
      size.put("height", imageSize).put("width", imageSize);
    } else {
      size.put("shortest_edge", imageSize);
    }
    json.put("resample", resizing.filter());
    if (!resizing.squash()) {
      json.put("do_center_crop", true);
      json.putObject("crop_size").put("height", imageSize).put("width", imageSize);
    }
    json.put("do_rescale", true);
    json.put("rescale_factor", 1 / 255.0);
    json.put("do_normalize", true);
    mean.forEach(json.putArray("image_mean")::add);
    std.forEach(json.putArray("image_std")::add);
    return Json.PRETTY.writeValueAsString(json) + "\n";
  }
}
