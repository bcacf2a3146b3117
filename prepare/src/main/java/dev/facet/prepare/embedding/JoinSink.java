package dev.facet.prepare.embedding;

import java.io.IOException;

/**
 * Where pairs go, and every row that is in none. The pairs and lost rows of the captions are all
 * their rows, and so are those of the vectors.
 */
public interface JoinSink {
  /** A row of captions with its vector. */
  void pair(Captioned row, float[] vector) throws IOException, InterruptedException;

  /**
   * Rows of captions that are in no pair.
   *
   * @param count 1, unless they cannot be read
   * @param reason {@code no_id}, {@code repeated_id} (an earlier row has it), {@code no_embedding},
   *     {@code unreadable_rows}, or the fault of the only vectors there are
   */
  void lostRow(String file, long number, long count, String reason)
      throws IOException, InterruptedException;

  /**
   * Rows of vectors that are in no pair.
   *
   * @param count 1, unless they cannot be read
   * @param reason a {@linkplain dev.facet.prepare.source.VectorFault fault}, {@code no_row} (no row
   *     of captions has its id), {@code repeated_id}, {@code unreadable_rows}
   */
  void lostVector(String file, long number, long count, String reason)
      throws IOException, InterruptedException;
}
