package dev.facet.loader.vector;

import dev.facet.base.FacetException;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Dataset;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * How wide the vectors of a data set are: Parquet has no lists of a fixed length, so the first rows
 * are asked.
 */
public final class VectorWidth {
  /** So many vectors are asked: a single one may be damaged. */
  private static final int ASKED = 64;

  private VectorWidth() {}

  /**
   * The width that most of the first vectors have.
   *
   * @throws FacetException if there is none that can be read
   */
  public static int of(Dataset dataset) {
    Map<Integer, Integer> widths = new HashMap<>();
    int asked = 0;
    String why = "";
    for (int chunk = 0; chunk < dataset.chunkCount() && asked < ASKED; chunk++) {
      try (Chunk open = dataset.open(chunk)) {
        for (int i = 0; i < dataset.rowCount(chunk) && asked < ASKED; i++) {
          try {
            widths.merge(open.row(i).vector().count(), 1, Integer::sum);
            asked++;
          } catch (BadSampleException e) {
            why = "; the last that was looked at: " + e.getMessage();
          }
        }
      } catch (IOException e) {
        why = "; the last that was looked at: " + e.getMessage();
      }
    }
    String last = why;
    return widths.entrySet().stream()
        .max(
            Map.Entry.<Integer, Integer>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElseThrow(
            () ->
                FacetException.usage(
                    dataset.name()
                        + " has no row with a vector and a caption"
                        + last
                        + ": see data.pictures and data.columns"));
  }
}
