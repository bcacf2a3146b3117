package dev.facet.loader.table;

import java.util.List;
import java.util.SequencedMap;

/**
 * A row of a shard that has a vector in place of a picture.
 *
 * @param id unique within the dataset
 * @param vector as wide as all are; not copied, so leave it alone until written
 * @param captions at least one, none blank
 * @param named captions by the column they are kept in besides; those of columns that the file does
 *     not have are left out
 * @param source where the picture was
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
public record EmbeddingRow(
    String id,
    float[] vector,
    List<String> captions,
    SequencedMap<String, List<String>> named,
    String source,
    String split) {

  /** Refuses what a reader could not use. */
  public EmbeddingRow {
    if (captions.isEmpty() || captions.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("row " + id + " has no caption, or a blank one");
    }
  }
}
