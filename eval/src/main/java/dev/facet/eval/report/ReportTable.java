package dev.facet.eval.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Facts on a report page, name by name.
 *
 * @param rows in the order to show them
 */
public record ReportTable(String title, SequencedMap<String, String> rows) {
  public ReportTable {
    rows = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(rows));
  }
}
