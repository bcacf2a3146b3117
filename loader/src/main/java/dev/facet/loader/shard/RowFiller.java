package dev.facet.loader.shard;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.Row;
import dev.facet.loader.data.StoredVector;
import dev.facet.loader.parquet.Values;
import dev.facet.loader.vector.VectorColumn;
import java.io.IOException;
import org.apache.parquet.format.Type;

/**
 * Gives rows what the columns hold for them.
 *
 * @param dropPrefix characters cut off the front of ids
 * @param named pictures of which only the path is there
 */
record RowFiller(ColumnMap columns, int dropPrefix, NamedPictures named) {
  /**
   * All of a row.
   *
   * @throws BadSampleException if lists that belong together are not equally long, or the file that
   *     its picture is in cannot be read
   */
  void fill(RowGroup group, int r, Row row) throws IOException, BadSampleException {
    readId(group, r, row);
    readSource(group, r, row);
    for (CaptionColumn column : columns.captions()) {
      requirePairs(column.isPaired(group, r), "speakers and texts", row);
    }
    readCaptions(group, r, row);
    readLabels(group, r, row);
    BoxColumns box = columns.box();
    if (box != null) {
      box.read(group, r, row);
    }
    VectorColumn vector = columns.vector();
    if (vector != null) {
      readVector(vector, group, r, row.placeVector());
    } else if (row.wantsImage()) {
      readImage(group, r, row);
    }
  }

  private void readVector(VectorColumn vector, RowGroup group, int r, StoredVector into) {
    for (int column : columns.vectorColumns()) {
      Values values = group.column(column);
      vector.add(values, values.first(r), values.end(r), into);
    }
  }

  /** The captions alone, into a row that has none. */
  void readCaptions(RowGroup group, int r, Row row) {
    for (CaptionColumn column : columns.captions()) {
      int before = row.captionCount();
      if (column.weight() > 0) {
        column.read(group, r, row);
      }
      if (row.captionCount() > before) {
        row.shareWeight(before, column.weight());
      }
    }
    // Only where no weighted column has one: the first of the others.
    CaptionColumn[] all = columns.captions();
    for (int i = 0; i < all.length && row.captionCount() == 0; i++) {
      if (all[i].weight() == 0) {
        all[i].read(group, r, row);
      }
    }
  }

  /** Id, source and labels alone, into a row that has none. */
  void describe(RowGroup group, int r, Row row) {
    readId(group, r, row);
    readSource(group, r, row);
    try {
      readLabels(group, r, row);
    } catch (BadSampleException e) {
      // Its labels do not pair up, so it has none; whoever uses the row is told.
    }
  }

  private void readId(RowGroup group, int r, Row row) {
    if (columns.id() < 0) {
      return;
    }
    Values ids = group.column(columns.id());
    int slot = ids.first(r);
    if (ids.isNull(slot)) {
      return;
    }
    Type type = columns.wanted().get(columns.id()).type();
    if (type == Type.BYTE_ARRAY) {
      int cut = Math.min(dropPrefix, ids.length(slot));
      row.id(ids.memory(), ids.at(slot) + cut, ids.length(slot) - cut);
    } else {
      row.id(ids.text(slot, type));
    }
  }

  private void readSource(RowGroup group, int r, Row row) {
    if (columns.source() < 0) {
      return;
    }
    Values sources = group.column(columns.source());
    int slot = sources.first(r);
    if (sources.isNull(slot)) {
      return;
    }
    Type type = columns.wanted().get(columns.source()).type();
    if (type == Type.BYTE_ARRAY) {
      row.source(sources.memory(), sources.at(slot), sources.length(slot));
    } else {
      row.source(sources.text(slot, type));
    }
  }

  private static void requirePairs(boolean paired, String what, Row row) throws BadSampleException {
    if (!paired) {
      throw new BadSampleException(
          Reason.READ_ERROR, "the %s of %s are not equally many".formatted(what, row.id()));
    }
  }

  private void readLabels(RowGroup group, int r, Row row) throws BadSampleException {
    for (LabelColumn label : columns.labels()) {
      Values values = group.column(label.column());
      int slot = values.first(r);
      if (!values.isNull(slot)) {
        row.label(label.name(), values.text(slot, columns.wanted().get(label.column()).type()));
      }
    }
    if (columns.labelKey() < 0) {
      return;
    }
    Values keys = group.column(columns.labelKey());
    Values values = group.column(columns.labelValue());
    Type type = columns.wanted().get(columns.labelValue()).type();
    requirePairs(keys.count(r) == values.count(r), "keys and values of the labels", row);
    for (int k = 0; k < keys.count(r); k++) {
      int key = keys.first(r) + k;
      int value = values.first(r) + k;
      if (keys.isNull(key) || values.isNull(value)) {
        continue;
      }
      if (type == Type.BYTE_ARRAY) {
        row.label(
            keys.memory(),
            keys.at(key),
            keys.length(key),
            values.memory(),
            values.at(value),
            values.length(value));
      } else {
        row.label(keys.text(key, Type.BYTE_ARRAY), values.text(value, type));
      }
    }
  }

  /** The picture alone. */
  void readImage(RowGroup group, int r, Row row) throws IOException, BadSampleException {
    if (columns.image() >= 0) {
      Values images = group.column(columns.image());
      int slot = images.first(r);
      if (!images.isNull(slot)) {
        row.image().at(images.memory(), images.at(slot), images.length(slot));
      }
    }
    if (columns.path() >= 0 && row.image().length() == 0) {
      Values paths = group.column(columns.path());
      int slot = paths.first(r);
      if (!paths.isNull(slot) && paths.length(slot) > 0) {
        named.read(paths.memory(), paths.at(slot), paths.length(slot), row);
      }
    }
  }
}
