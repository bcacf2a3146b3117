package dev.facet.cli.config;

/** How retrieval is scored. */
public record EvalConfig(
    @Range(min = 1, max = 65_536) int batch,
    IdenticalCaptions identicalCaptions,
    Ties ties,
    @Range(min = 0, max = 200) int gallery) {

  /** Whether a caption that several pictures share counts as right for each of them. */
  public enum IdenticalCaptions {
    POSITIVE,
    STRICT
  }

  /** Which rank a right answer gets among wrong ones of exactly the same score. */
  public enum Ties {
    INDEX,
    OPTIMISTIC,
    PESSIMISTIC,
    MID
  }
}
