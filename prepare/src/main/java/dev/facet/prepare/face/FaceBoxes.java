package dev.facet.prepare.face;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.facet.base.Json;
import dev.facet.loader.picture.BoxSpace;
import dev.facet.prepare.photo.PhotoHeader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the boxes of a row: the JSON list {@code [x1, y1, x2, y2]}, or a JSON list of such lists or
 * of texts that hold them, one for each face. Stricter than the loader, which takes the first box
 * it can make sense of: here each fault has a name and is counted.
 */
public final class FaceBoxes {
  private static final ObjectReader READER =
      Json.LINE.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  static final Face NO_BOX = new Face.Unusable("no_box");
  private static final Face MALFORMED = new Face.Unusable("box_malformed");
  private static final Face INVERTED = new Face.Unusable("box_inverted");
  private static final Face OUTSIDE = new Face.Unusable("box_outside");

  private final BoxSpace space;

  /**
   * @param space which picture the numbers refer to, those that are returned too
   */
  public FaceBoxes(BoxSpace space) {
    this.space = space;
  }

  /**
   * The faces that a text names.
   *
   * @param text null and blank mean that there is none
   * @return at least one
   */
  public List<Face> of(@Nullable String text, PhotoHeader photo) {
    if (text == null || text.isBlank()) {
      return List.of(NO_BOX);
    }
    JsonNode value = parsed(text);
    if (value.isNull()) {
      return List.of(NO_BOX);
    }
    return holdsBoxes(value) ? each(value, photo) : List.of(box(value, photo));
  }

  /**
   * The faces of a column of several texts.
   *
   * @param texts each as {@link #of(String, PhotoHeader)} reads it
   * @return at least one
   */
  public List<Face> of(List<? extends @Nullable String> texts, PhotoHeader photo) {
    List<Face> faces = new ArrayList<>();
    for (@Nullable String text : texts) {
      faces.addAll(of(text, photo));
    }
    return faces.isEmpty() ? List.of(NO_BOX) : faces;
  }

  /**
   * The face of four numbers, {@code [x1, y1, x2, y2]}.
   *
   * @param edges null if there is none
   */
  public Face of(double @Nullable [] edges, PhotoHeader photo) {
    if (edges == null) {
      return NO_BOX;
    }
    boolean sound = edges.length == 4;
    for (double edge : edges) {
      sound &= Double.isFinite(edge);
    }
    if (!sound) {
      return MALFORMED;
    }
    if (edges[0] >= edges[2] || edges[1] >= edges[3]) {
      return INVERTED;
    }
    int width = space == BoxSpace.STORED ? photo.width() : photo.shownWidth();
    int height = space == BoxSpace.STORED ? photo.height() : photo.shownHeight();
    int left = (int) Math.clamp(Math.floor(edges[0]), 0, width);
    int top = (int) Math.clamp(Math.floor(edges[1]), 0, height);
    int right = (int) Math.clamp(Math.ceil(edges[2]), 0, width);
    int bottom = (int) Math.clamp(Math.ceil(edges[3]), 0, height);
    return left < right && top < bottom ? new Face.Found(left, top, right, bottom) : OUTSIDE;
  }

  /** A list of lists, or of texts of which one at least is a list. */
  private static boolean holdsBoxes(JsonNode value) {
    boolean some = false;
    for (JsonNode element : value) {
      if (!element.isArray() && !element.isTextual() && !element.isNull()) {
        return false;
      }
      some |= element.isArray() || (element.isTextual() && parsed(element.textValue()).isArray());
    }
    return value.isArray() && some;
  }

  private List<Face> each(JsonNode values, PhotoHeader photo) {
    List<Face> faces = new ArrayList<>();
    for (JsonNode value : values) {
      boolean none = value.isNull() || (value.isTextual() && value.textValue().isBlank());
      JsonNode box = value.isTextual() ? parsed(value.textValue()) : value;
      faces.add(none ? NO_BOX : box(box, photo));
    }
    return faces;
  }

  private Face box(JsonNode value, PhotoHeader photo) {
    if (!value.isArray()) {
      return MALFORMED;
    }
    double[] edges = new double[value.size()];
    for (int i = 0; i < edges.length; i++) {
      JsonNode edge = value.get(i);
      edges[i] = edge.isNumber() ? edge.doubleValue() : Double.NaN;
    }
    return of(edges, photo);
  }

  /** What a text says; a missing node where it is no JSON. */
  private static JsonNode parsed(String text) {
    try {
      return READER.readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
