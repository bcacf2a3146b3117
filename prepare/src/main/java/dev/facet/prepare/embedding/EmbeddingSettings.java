package dev.facet.prepare.embedding;

import dev.facet.base.FixedOnResume;
import dev.facet.loader.vector.Element;
import dev.facet.prepare.source.EmbeddingColumns;
import org.jspecify.annotations.Nullable;

/**
 * Where vectors stand in their files, and how they are stored.
 *
 * @param id names rows; null for the only column that can be it
 * @param embedding the vectors; null for the only column that can be it
 * @param element of which numbers vectors are made that are published as bytes
 * @param store what numbers become in the shards
 */
public record EmbeddingSettings(
    @FixedOnResume @Nullable String id,
    @FixedOnResume @Nullable String embedding,
    @FixedOnResume Element element,
    @FixedOnResume Store store) {

  /** Numbers of 2 or of 4 bytes. */
  public enum Store {
    FLOAT16,
    FLOAT32;

    boolean isHalf() {
      return this == FLOAT16;
    }
  }

  /** The columns to read. */
  public EmbeddingColumns columns() {
    return new EmbeddingColumns(id == null ? "" : id, embedding == null ? "" : embedding, element);
  }
}
