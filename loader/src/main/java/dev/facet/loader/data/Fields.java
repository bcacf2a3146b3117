package dev.facet.loader.data;

import java.util.List;

/**
 * Under which names a data set keeps what: columns of Parquet and CSV, keys of JSON. Of each list
 * the first name that is there counts; a dot goes into a structure ({@code image.bytes}). An empty
 * list: not read. A text file beside a picture (in a tar or a folder) is the field {@code txt}.
 *
 * @param image encoded bytes, or the path of a picture
 * @param captions which fields captions come from, and how they are chosen
 * @param box [x1, y1, x2, y2], numbers or a text that holds them as JSON
 * @param split name of the split that a row belongs to
 */
public record Fields(
    List<String> image,
    List<CaptionField> captions,
    List<String> id,
    List<String> box,
    List<String> split,
    List<String> source) {

  /**
   * A {@code split} of this name says that of several JSON files the last one, by name, is the
   * split {@code test}, and all others are {@code train}: the FLIP code's rule.
   */
  public static final String LAST_FILE_IS_TEST = "(last file is test)";
}
