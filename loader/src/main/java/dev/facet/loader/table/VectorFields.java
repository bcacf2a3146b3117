package dev.facet.loader.table;

import java.util.List;

/**
 * The columns of a file of vectors, in their order behind {@code id} and {@code embedding}; no name
 * stands twice.
 *
 * @param width numbers of every vector
 * @param half whether numbers take 2 bytes, not 4
 * @param lists columns of lists of texts that every row has
 * @param optionalLists columns of lists of texts that a row may lack
 * @param texts columns of texts
 * @param repeated those of the texts that are the same in many rows
 * @param numbers columns of whole numbers
 */
public record VectorFields(
    int width,
    boolean half,
    List<String> lists,
    List<String> optionalLists,
    List<String> texts,
    List<String> repeated,
    List<String> numbers) {
  /** The column of ids. */
  public static final String ID = "id";

  /** The column of vectors. */
  public static final String EMBEDDING = "embedding";

  public VectorFields {
    lists = List.copyOf(lists);
    optionalLists = List.copyOf(optionalLists);
    texts = List.copyOf(texts);
    repeated = List.copyOf(repeated);
    numbers = List.copyOf(numbers);
  }
}
