package dev.facet.cli.request;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be told of pictures by their labels.
 *
 * @param by labels that figures are split by
 * @param file that holds the labels, or null where the data has them
 * @param prompts file of prompts that are to tell attributes, or the name of a set; null for none
 * @param probe labels that are to be learned from the vectors of pictures
 * @param fractions shares of the labelled pictures to learn from
 */
public record LabelRequest(
    List<String> by,
    @Nullable Path file,
    @Nullable Path prompts,
    List<String> probe,
    List<Double> fractions) {
  /** Whether nothing is to be told. */
  public boolean isEmpty() {
    return by.isEmpty() && prompts == null && probe.isEmpty();
  }
}
