package dev.facet.prepare.plan;

import java.util.List;

/**
 * What a plan is about, {@code plan.json} beside its parts.
 *
 * @param firstFile number of the first of its files, those of earlier plans being counted
 * @param files in order
 * @param rows all of them, unreadable ones included
 * @param parts how many the rows are dealt into
 * @param unreadable rows that the tables have and that cannot be read
 */
record PlanFile(
    int firstFile, List<PlannedFile> files, long rows, int parts, List<UnreadableRows> unreadable) {

  /**
   * A file of the source as it was when it was planned.
   *
   * @param name relative to the source
   * @param modified milliseconds since 1970
   */
  record PlannedFile(String name, long bytes, long modified, long rows) {}

  PlanFile {
    files = List.copyOf(files);
    unreadable = List.copyOf(unreadable);
  }
}
