package dev.facet.eval.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One caption with what it found.
 *
 * @param caption its text, as it came from the data
 * @param rank 1-based rank of its best-placed right picture
 * @param shots the pictures it found first, best first
 * @param right that right picture, where none of the shots is one; else null
 */
public record GalleryEntry(
    String caption, double rank, List<FoundPicture> shots, @Nullable FoundPicture right) {
  public GalleryEntry {
    shots = List.copyOf(shots);
  }
}
