package dev.facet.loader.data;

import dev.facet.base.FacetException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Several datasets read as one, each with a share of the samples. Its chunks and rows are those of
 * the parts, one part after another, so every row has a number of its own.
 *
 * <p>Where a loader shuffles, samples come by weight: among the first n of a run, a part with a
 * share of w out of 1 has n w of them, never more than one away from it. An epoch has as many
 * samples as the parts together have rows; a part may come more than once in it, or go on in the
 * next. Without shuffling weights do not count: every row comes once, as stored.
 */
public final class Mixture implements Dataset {
  /** Keeps windows small: each has to hold at least one sample of every part. */
  private static final double SMALLEST_SHARE = 1e-4;

  private final List<Dataset> parts;
  private final List<Double> weights;
  private final List<ChunkSizes> sizes;
  // firstChunk[s]: chunks of the parts before part s.
  private final int[] firstChunk;

  /**
   * Takes the parts over: {@link #close} closes them.
   *
   * @param weights of the parts, in any unit; only their ratios count
   * @throws FacetException if a part is empty, or its weight no positive number or too small
   */
  public Mixture(List<? extends Dataset> parts, List<Double> weights) {
    if (parts.isEmpty() || parts.size() != weights.size()) {
      throw new IllegalArgumentException(parts.size() + " parts, " + weights.size() + " weights");
    }
    this.parts = List.copyOf(parts);
    this.weights = List.copyOf(weights);
    for (int s = 0; s < parts.size(); s++) {
      checkWeight(s);
    }
    this.sizes = this.parts.stream().map(Dataset::sizes).toList();
    this.firstChunk = new int[parts.size() + 1];
    for (int s = 0; s < parts.size(); s++) {
      firstChunk[s + 1] = firstChunk[s] + sizes.get(s).chunks();
    }
    for (int s = 0; s < parts.size(); s++) {
      checkShare(s);
    }
  }

  private void checkWeight(int s) {
    double weight = weights.get(s);
    if (!(weight > 0) || weight == Double.POSITIVE_INFINITY) {
      throw FacetException.usage(
          "the weight of %s is %s, must be above 0: leave out what shall not be read"
              .formatted(parts.get(s).name(), weight));
    }
  }

  private void checkShare(int s) {
    String part = parts.get(s).name();
    if (sizes.get(s).rows() == 0) {
      throw FacetException.usage(part + " has no rows: leave it out, or check its path and split");
    }
    long rows = sizes.stream().mapToLong(ChunkSizes::rows).sum();
    double smallest = Math.max(SMALLEST_SHARE, 1.0 / rows);
    if (share(s) < smallest) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "the weight of %s is %s, which is %.2g of all samples; the smallest share possible"
                  + " here is %.2g: give it more weight or leave it out",
              part,
              weights.get(s),
              share(s),
              smallest));
    }
  }

  /** The datasets, in the order of their rows. */
  public List<Dataset> parts() {
    return parts;
  }

  /** Share of the samples that a part gets, out of 1. */
  public double share(int part) {
    return weights.get(part) / weights.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Rows and bytes of the chunks of each part. */
  public List<ChunkSizes> partSizes() {
    return sizes;
  }

  /** What each part was given, in any unit. */
  public List<Double> weights() {
    return weights;
  }

  @Override
  public String name() {
    return IntStream.range(0, parts.size())
        .mapToObj(s -> parts.get(s).name() + " (weight " + weights.get(s) + ")")
        .collect(Collectors.joining(", ", "mixture of ", ""));
  }

  @Override
  public String where(int chunk) {
    int s = partOf(chunk);
    return parts.get(s).where(chunk - firstChunk[s]);
  }

  @Override
  public List<String> notes() {
    return parts.stream().flatMap(part -> part.notes().stream()).toList();
  }

  @Override
  public int chunkCount() {
    return firstChunk[parts.size()];
  }

  @Override
  public int rowCount(int chunk) {
    int s = partOf(chunk);
    return sizes.get(s).rows(chunk - firstChunk[s]);
  }

  @Override
  public long bytes(int chunk) {
    int s = partOf(chunk);
    return parts.get(s).bytes(chunk - firstChunk[s]);
  }

  /** {@inheritDoc} One model reads all parts, so all have the same. */
  @Override
  public int vectorWidth() {
    int width = parts.getFirst().vectorWidth();
    for (Dataset part : parts) {
      if (part.vectorWidth() != width) {
        throw FacetException.usage(
            String.format(
                Locale.ROOT,
                "the vectors of %s have %d numbers, those of %s have %d: one model cannot learn from"
                    + " both; leave one out of data.mixture",
                parts.getFirst().name(),
                width,
                part.name(),
                part.vectorWidth()));
      }
    }
    return width;
  }

  @Override
  public Chunk open(int chunk) throws IOException {
    int s = partOf(chunk);
    return parts.get(s).open(chunk - firstChunk[s]);
  }

  @Override
  public List<List<String>> captions(int chunk) throws IOException {
    int s = partOf(chunk);
    return parts.get(s).captions(chunk - firstChunk[s]);
  }

  @Override
  public void describe(int chunk, Consumer<Row> visitor) throws IOException {
    int s = partOf(chunk);
    parts.get(s).describe(chunk - firstChunk[s], visitor);
  }

  @Override
  public void close() {
    parts.forEach(Dataset::close);
  }

  private int partOf(int chunk) {
    int found = Arrays.binarySearch(firstChunk, chunk);
    return found >= 0 ? found : -found - 2;
  }
}
