package dev.facet.loader.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which captions count, whatever they are read from: texts of fields {@code a} to {@code d}. */
public final class WeightCases {
  private static final List<CaptionField> FIELDS =
      List.of(
          new CaptionField("a", 0),
          new CaptionField("b", 3),
          new CaptionField("c", 0),
          new CaptionField("d", 1));

  private WeightCases() {}

  /** Makes a row of texts by the names of their fields, and reads it. */
  public interface Reading {
    Row row(Map<String, String> texts, List<CaptionField> fields) throws Exception;
  }

  public static void check(Reading reading) throws Exception {
    check(reading, List.of("A", "B", "C", "D"), "B 3.0, D 1.0");
    check(reading, List.of("A", " ", "C", "D"), "D 1.0");
    check(reading, List.of("A", "", "C", " "), "A 1.0");
    check(reading, List.of(" ", "", "C", " "), "C 1.0");
  }

  private static void check(Reading reading, List<String> texts, String expected) throws Exception {
    Map<String, String> byName = new TreeMap<>();
    for (int i = 0; i < texts.size(); i++) {
      byName.put(FIELDS.get(i).name(), texts.get(i));
    }
    Row row = reading.row(byName, FIELDS);
    StringBuilder found = new StringBuilder();
    for (int i = 0; i < row.captionCount(); i++) {
      found.append(i == 0 ? "" : ", ").append(row.captions().get(i)).append(' ');
      found.append(row.weight(i));
    }
    assertThat(found.toString()).isEqualTo(expected);
  }
}
