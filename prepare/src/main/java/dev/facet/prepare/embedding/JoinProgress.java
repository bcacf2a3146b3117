package dev.facet.prepare.embedding;

/** Who is told how far a join is. */
public interface JoinProgress {
  /** So many rows of both sides are dealt, of so many. */
  void dealt(long rows, long total);

  /** So many rows of captions are joined, of so many. */
  void joined(long rows, long total);
}
