package dev.facet.prepare.source;

import dev.facet.loader.vector.Element;

/**
 * Which columns of files of vectors are read.
 *
 * @param id names rows; empty for the only column of texts or whole numbers, or the one with a
 *     usual name
 * @param embedding the vectors: a list of numbers, bytes, or what the names of columns begin with
 *     that hold a number each; empty for the only ones there are
 * @param element of which numbers vectors are made that are published as bytes
 */
public record EmbeddingColumns(String id, String embedding, Element element) {
  /** By their types. */
  public static final EmbeddingColumns DEFAULT = new EmbeddingColumns("", "", Element.AUTO);
}
