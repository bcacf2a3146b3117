package dev.facet.eval.report;

import java.util.List;

/**
 * One caption with what it found.
 *
 * @param caption its text, as it came from the data
 * @param rank 1-based rank of its best-placed right picture
 * @param shots the pictures it found first, best first
 */
public record GalleryEntry(String caption, double rank, List<FoundPicture> shots) {
  public GalleryEntry {
    shots = List.copyOf(shots);
  }
}
