package dev.facet.augment.operation;

/** What a mirrored picture means for a caption that speaks of left or right. */
public enum MirroredCaptions {
  /** The caption stays, though it may now be wrong. */
  KEEP,
  /** The picture is not mirrored. */
  SKIP,
  /** The two words change places. */
  SWAP
}
