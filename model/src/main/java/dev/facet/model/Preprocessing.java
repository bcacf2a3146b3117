package dev.facet.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a model wants its pictures, as Hugging Face's {@code preprocessor_config.json}.
 *
 * @param imageSize side of the square input, in pixels
 * @param mean per channel (R, G, B), of pixels in [0, 1]
 * @param std per channel
 * @param resizing how a picture becomes that square
 */
public record Preprocessing(int imageSize, List<Double> mean, List<Double> std, Resizing resizing) {
  public static final String FILE = "preprocessor_config.json";

  /** The statistics of OpenAI's CLIP (openai/CLIP, clip.py). */
  public static Preprocessing clip(int imageSize) {
    return new Preprocessing(
        imageSize,
        List.of(0.48145466, 0.4578275, 0.40821073),
        List.of(0.26862954, 0.26130258, 0.27577711),
        Resizing.CLIP);
  }

  /** What a model folder says, or CLIP's where it says nothing. */
  public static Preprocessing of(Path directory, int imageSize) throws IOException {
    Path file = directory.resolve(FILE);
    Preprocessing usual = clip(imageSize);
    if (!Files.exists(file)) {
      return usual;
    }
    JsonNode json = Json.read(file, JsonNode.class);
    return new Preprocessing(
        imageSize,
        numbers(json.path("image_mean"), usual.mean),
        numbers(json.path("image_std"), usual.std),
        new Resizing(
            json.path("size").has("height"), json.path("resample").asInt(Resizing.BICUBIC)));
  }

  /** The same with pictures resized like this. */
  public Preprocessing resized(Resizing otherwise) {
    return new Preprocessing(imageSize, mean, std, otherwise);
  }

  /** The same for another size of the square. */
  public Preprocessing sized(int side) {
    return new Preprocessing(side, mean, std, resizing);
  }

  /** What the file holds. */
  public String toJson() throws IOException {
    ObjectNode json = Json.PRETTY.createObjectNode();
    json.put("image_processor_type", "CLIPImageProcessor");
    json.put("do_convert_rgb", true);
    json.put("do_resize", true);
    ObjectNode size = json.putObject("size");
    if (resizing.squash()) {
      size.put("height", imageSize).put("width", imageSize);
    } else {
      size.put("shortest_edge", imageSize);
    }
    json.put("resample", resizing.filter());
    json.put("do_center_crop", !resizing.squash());
    json.putObject("crop_size").put("height", imageSize).put("width", imageSize);
    json.put("do_rescale", true);
    json.put("rescale_factor", 1 / 255.0);
    json.put("do_normalize", true);
    mean.forEach(json.putArray("image_mean")::add);
    std.forEach(json.putArray("image_std")::add);
    return Json.PRETTY.writeValueAsString(json) + "\n";
  }

  private static List<Double> numbers(JsonNode json, List<Double> usual) {
    if (json.size() != 3) {
      return usual;
    }
    List<Double> numbers = new ArrayList<>();
    json.forEach(each -> numbers.add(each.asDouble()));
    return List.copyOf(numbers);
  }
}
