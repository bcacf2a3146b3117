package dev.facet.loader.data;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * Under which names a data set keeps what: columns of Parquet and CSV, keys of JSON. Of each list
 * the first name that is there counts; a dot goes into a structure ({@code image.bytes}). An empty
 * list: not read. A text file beside a picture (in a tar or a folder) is the field {@code txt}.
 *
 * @param image encoded bytes, or the path of a picture
 * @param captions which fields captions come from, and how they are chosen
 * @param box [x1, y1, x2, y2], numbers or a text that holds them as JSON
 * @param split name of the split that a row belongs to
 * @param labels fields that are labels of a row, each under its own name, besides those that it has
 *     in {@code labels}; all of them are read, not the first that is there
 */
public record Fields(
    List<String> image,
    List<CaptionField> captions,
    List<String> id,
    List<String> box,
    List<String> split,
    List<String> source,
    List<String> labels) {

  /**
   * A {@code split} of this name says that of several JSON files the last one, by name, is the
   * split {@code test}, and all others are {@code train}: the FLIP code's rule.
   */
  public static final String LAST_FILE_IS_TEST = "(last file is test)";

  /** Without fields that are labels. */
  public Fields(
      List<String> image,
      List<CaptionField> captions,
      List<String> id,
      List<String> box,
      List<String> split,
      List<String> source) {
    this(image, captions, id, box, split, source, List.of());
  }

  /** The same with these captions. */
  public Fields captioned(List<CaptionField> others) {
    return new Fields(image, others, id, box, split, source, labels);
  }

  /** The same with these fields as labels, too. */
  public Fields labelled(Collection<String> more) {
    SequencedSet<String> all = new LinkedHashSet<>(labels);
    all.addAll(more);
    return new Fields(image, captions, id, box, split, source, List.copyOf(all));
  }
}
