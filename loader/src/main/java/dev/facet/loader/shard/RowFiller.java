package dev.facet.loader.shard;

import dev.facet.loader.Row;
import org.apache.parquet.format.Type;

/**
 * Gives rows what the columns hold for them.
 *
 * @param dropPrefix characters cut off the front of ids
 */
record RowFiller(ColumnMap columns, int dropPrefix) {
  /** All of a row. */
  void fill(RowGroup group, int r, Row row) {
    readId(group, r, row);
    readSource(group, r, row);
    readCaptions(group, r, row);
    readLabels(group, r, row);
    BoxColumns box = columns.box();
    if (box != null) {
      box.read(group, r, row);
    }
    readImage(group, r, row);
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

  private void readLabels(RowGroup group, int r, Row row) {
    if (columns.labelKey() < 0) {
      return;
    }
    Values keys = group.column(columns.labelKey());
    Values values = group.column(columns.labelValue());
    Type type = columns.wanted().get(columns.labelValue()).type();
    for (int slot = keys.first(r); slot < keys.end(r); slot++) {
      if (keys.isNull(slot) || values.isNull(slot)) {
        continue;
      }
      if (type == Type.BYTE_ARRAY) {
        row.label(
            keys.memory(),
            keys.at(slot),
            keys.length(slot),
            values.memory(),
            values.at(slot),
            values.length(slot));
      } else {
        row.label(keys.text(slot, Type.BYTE_ARRAY), values.text(slot, type));
      }
    }
  }

  private void readImage(RowGroup group, int r, Row row) {
    Values images = group.column(columns.image());
    int slot = images.first(r);
    if (!images.isNull(slot)) {
      row.image().at(images.memory(), images.at(slot), images.length(slot));
    }
  }
}
