package dev.facet.model.pictures;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.FacetException;
import dev.facet.base.Printable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Three numbers, one per channel, in a file about pictures. */
final class PictureStatistics {
  private PictureStatistics() {}

  /**
   * Reads them.
   *
   * @param usual where the file says nothing
   * @param least what each must be above
   */
  static List<Double> read(Path file, JsonNode json, String key, List<Double> usual, double least) {
    JsonNode found = json.path(key);
    if (found.isMissingNode() || found.isNull()) {
      return usual;
    }
    List<Double> numbers = new ArrayList<>();
    for (JsonNode each : found) {
      if (each.isNumber() && each.asDouble() > least) {
        numbers.add(each.asDouble());
      }
    }
    if (found.size() != 3 || numbers.size() != 3) {
      throw FacetException.usage(
          "%s: %s is %s; it expects three numbers%s, for red, green and blue"
              .formatted(file, key, Printable.of(found.toString()), least == 0 ? " above 0" : ""));
    }
    return List.copyOf(numbers);
  }

  /** Size in pixels of a file that must agree with the model's. */
  static void requireSize(Path file, String key, int found, int needed) {
    if (found != needed) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "%s: %s makes pictures of %d pixels, but the model takes %d; correct the one of the"
                  + " two that is wrong",
              file,
              key,
              found,
              needed));
    }
  }
}
