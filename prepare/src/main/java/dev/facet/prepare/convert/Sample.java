package dev.facet.prepare.convert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.Row;
import dev.facet.loader.header.Headers;
import dev.facet.loader.header.ImageFormat;
import dev.facet.loader.header.ImageHeader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A usable row, with what its picture's header says.
 *
 * @param picture encoded bytes, as they are stored
 * @param box left, top, right, bottom in pixels, if known
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record Sample(
    String id,
    String split,
    byte[] picture,
    ImageFormat format,
    int width,
    int height,
    List<String> captions,
    double @Nullable [] box,
    String source,
    Map<String, String> labels) {

  /**
   * Copies a row.
   *
   * @throws BadSampleException if its picture is none
   */
  static Sample of(Row row, String split) throws BadSampleException {
    ImageHeader header = Headers.read(row.image());
    ByteBuffer bytes = row.image().asByteBuffer();
    byte[] picture = new byte[bytes.remaining()];
    bytes.get(picture);
    double[] box = row.box();
    return new Sample(
        row.id(),
        split,
        picture,
        header.format(),
        header.shownWidth(),
        header.shownHeight(),
        row.captions(),
        box == null ? null : box.clone(),
        row.source(),
        row.labels());
  }

  /** By the picture's real format. */
  String extension() {
    return format == ImageFormat.JPEG ? "jpg" : format.name().toLowerCase(Locale.ROOT);
  }

  /** Adds what describes the sample besides picture and captions. */
  void describe(ObjectNode into) {
    into.put("id", id).put("split", split).put("source", source);
    if (box != null) {
      ArrayNode edges = into.putArray("box");
      for (double edge : box) {
        edges.add(edge);
      }
    }
    if (!labels.isEmpty()) {
      into.set("labels", Json.LINE.valueToTree(labels));
    }
  }
}
