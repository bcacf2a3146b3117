package dev.facet.prepare.whole;

import dev.facet.prepare.part.RowRecord;

/**
 * What a sample is called in the shards: as its row, and numbered where a row has several faces.
 */
final class SampleId {
  private SampleId() {}

  static String of(RowRecord row, int face) {
    return row.faces().size() == 1 ? row.id() : row.id() + "_" + face;
  }
}
