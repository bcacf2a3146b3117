package dev.facet.model.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.model.config.ConfigFile;
import java.util.Locale;
import java.util.Optional;

/**
 * The vectors that stand in the pictures' places.
 *
 * @param width numbers of each
 * @param projected whether a linear map takes them to the joint space; else they are in it already
 * @param normalised whether each is scaled to length 1 before anything else; else it is as stored
 */
public record PictureVectors(int width, boolean projected, boolean normalised) {
  /** Facet's own key in {@code config.json}; other programs pass it over. */
  private static final String FACET = "facet";

  private static final String KEY = "picture_vectors";

  /** What a {@code config.json} says of them; empty if its model sees pictures. */
  public static Optional<PictureVectors> in(ConfigFile file) {
    ConfigFile vectors = file.part(FACET).part(KEY);
    if (vectors.json().isMissingNode()) {
      return Optional.empty();
    }
    return Optional.of(
        new PictureVectors(
            vectors.size("hidden_size", 1),
            truth(vectors, "projected"),
            truth(vectors, "normalised")));
  }

  private static boolean truth(ConfigFile file, String key) {
    JsonNode value = file.json().path(key);
    if (!value.isBoolean()) {
      throw FacetException.usage(
          "%s: %s.%s is %s, expected true or false".formatted(file.file(), KEY, key, value));
    }
    return value.asBoolean();
  }

  void put(ObjectNode json) {
    ObjectNode vectors = json.withObject("/" + FACET).putObject(KEY);
    vectors.put("hidden_size", width);
    vectors.put("projected", projected);
    vectors.put("normalised", normalised);
  }

  /** For people. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "stored vectors of %d numbers, %s, %s",
        width,
        normalised ? "scaled to length 1" : "of the length that they have",
        projected ? "projected" : "not projected");
  }
}
