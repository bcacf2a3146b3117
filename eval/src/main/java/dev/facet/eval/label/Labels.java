package dev.facet.eval.label;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One label of every row of a data set.
 *
 * @param name of the label
 * @param values that it has, in their order: by number where all are numbers, else by letters
 * @param ofRow by row, where its value stands among these; {@link #NONE} where a row has none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Labels(String name, List<String> values, int[] ofRow) {
  /** Stands for the value of a row that has none. */
  public static final int NONE = -1;

  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d{1,15}(\\.\\d{1,15})?");

  /** Whether a value is a plain number. */
  public static boolean isNumber(String value) {
    return NUMBER.matcher(value).matches();
  }
}
