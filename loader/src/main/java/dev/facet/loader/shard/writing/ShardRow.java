package dev.facet.loader.shard.writing;

import dev.facet.augment.geometry.Box;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row to be written.
 *
 * @param id unique within the dataset
 * @param image encoded bytes (JPEG, PNG, WebP ...); not copied, so leave them alone until written
 * @param captions at least one, none blank
 * @param box face box in pixels of the displayed picture, if known
 * @param width of the displayed picture, in pixels
 * @param height of the displayed picture, in pixels
 * @param labels attributes by name, possibly empty
 * @param source where the picture came from
 * @param sha256 of {@code image}, in hex; null lets the writer compute it
 * @param split {@code train}, {@code test} ...; becomes part of a file name
 * @param named captions by the column they are kept in besides; those of columns that the file does
 *     not have are left out
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
public record ShardRow(
    String id,
    byte[] image,
    List<String> captions,
    @Nullable Box box,
    int width,
    int height,
    Map<String, String> labels,
    String source,
    @Nullable String sha256,
    String split,
    Map<String, List<String>> named) {

  /** A row whose captions have no names. */
  public ShardRow(
      String id,
      byte[] image,
      List<String> captions,
      @Nullable Box box,
      int width,
      int height,
      Map<String, String> labels,
      String source,
      @Nullable String sha256,
      String split) {
    this(id, image, captions, box, width, height, labels, source, sha256, split, Map.of());
  }

  /** Refuses what a reader could not use. */
  public ShardRow {
    if (image.length == 0) {
      throw new IllegalArgumentException("row " + id + " has an empty image");
    }
    if (captions.isEmpty() || captions.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("row " + id + " has no caption, or a blank one");
    }
    captions = List.copyOf(captions);
    labels = Map.copyOf(labels);
    named = Map.copyOf(named);
  }
}
