package dev.facet.loader.shard;

import dev.facet.loader.BadSampleException;
import dev.facet.loader.Row;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row as Parquet hands it over, field by field; whether it is of use is judged later. */
final class RawRow {
  @Nullable String id;
  @Nullable String source;
  @Nullable String split;
  @Nullable ByteBuffer image;
  final List<String> captions = new ArrayList<>(4);
  final List<Double> box = new ArrayList<>(4);
  final Map<String, String> labels = new HashMap<>();

  /** Fills a place with this row, if it can be used. */
  void read(Row row) throws BadSampleException {
    if (id != null) {
      row.id(id);
    }
    if (source != null) {
      row.source(source);
    }
    captions.forEach(caption -> row.caption(caption, 1));
    labels.forEach(row::label);
    if (box.size() == 4) {
      row.box(box.get(0), box.get(1), box.get(2), box.get(3));
    } else if (!box.isEmpty()) {
      row.badBox(box.toString());
    }
    if (image != null) {
      row.image().at(MemorySegment.ofBuffer(image), 0, image.remaining());
    }
    row.check();
  }
}
