package dev.facet.prepare.filter;

/**
 * How often each caption occurs in the whole: all are added first, then asked for. Captions are
 * known by 64 bits. Not thread-safe while they are added.
 */
public final class CaptionCounts {
  /** Counts one more. */
  public void add(String caption) {}

  /** How often it was added, 255 at most. */
  public int count(String caption) {
    return 0;
  }
}
