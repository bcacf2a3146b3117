package dev.facet.loader.data;

import dev.facet.augment.geometry.Box;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row's content as a value, to be compared or to fill a row with. */
public record RowCopy(
    String id,
    String source,
    ByteBuffer image,
    List<String> captions,
    @Nullable Box box,
    Map<String, String> labels) {

  /** Copies a row, its picture included. */
  public static RowCopy of(Row row) {
    return new RowCopy(
        row.id(),
        row.source(),
        ByteBuffer.wrap(bytes(row)),
        row.captions(),
        row.faceBox(),
        row.labels());
  }

  /** The encoded picture of a row. */
  public static byte[] bytes(Row row) {
    byte[] bytes = new byte[row.image().length()];
    row.image().asByteBuffer().get(bytes);
    return bytes;
  }

  /** Writes this into a row. */
  public void fill(Row row) {
    row.clear();
    row.id(id);
    row.source(source);
    captions.forEach(caption -> row.caption(caption, 1));
    labels.forEach(row::label);
    if (box != null) {
      row.box(box.x1(), box.y1(), box.x2(), box.y2());
    }
    row.image().at(MemorySegment.ofBuffer(image), 0, image.remaining());
  }
}
