package dev.facet.cli.request;

import java.nio.file.Path;
import java.util.List;

/**
 * A comparison of evaluations of the same pairs.
 *
 * @param results {@code eval.json} files or folders with one, two or more; each is held against the
 *     first
 * @param resamples samples of pictures that intervals are made of
 * @param seed of the samples
 * @param examples captions to name at most
 * @param json whether to print JSON in place of the tables
 */
public record CompareRequest(
    List<Path> results, int resamples, long seed, int examples, boolean json) {
  public CompareRequest {
    results = List.copyOf(results);
  }
}
