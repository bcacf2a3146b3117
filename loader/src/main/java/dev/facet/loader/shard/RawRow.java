package dev.facet.loader.shard;

import dev.facet.loader.BadSampleException;
import dev.facet.loader.Row;
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

  /**
   * The row, if it can be used.
   *
   * @param place file and number of the row, for what the row does not say itself
   */
  Row row(String place) throws BadSampleException {
    return Row.of(
        id != null ? id : place, source != null ? source : place, image, captions, box, labels);
  }
}
