package dev.facet.loader.vector;

import dev.facet.base.FacetException;
import dev.facet.loader.parquet.Schema;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Which of several columns is meant.
 *
 * @param setting that names it where more than one could be it
 * @param what it holds, for people
 */
record OneColumn(Path file, Schema schema, String setting, String what) {
  /**
   * The one that is wanted, or the only one.
   *
   * @param wanted its name; empty for whichever it is
   * @throws FacetException if there is none, or more than one could be it
   */
  List<Schema.Leaf> of(Map<String, List<Schema.Leaf>> candidates, String wanted) {
    if (!wanted.isEmpty()) {
      List<Schema.Leaf> found = candidates.get(wanted);
      if (found != null) {
        return found;
      }
      throw FacetException.usage(
          "%s has no column `%s` with %s; it has %s: set %s to another one"
              .formatted(file, wanted, what, schema.columns(), setting));
    }
    if (candidates.size() == 1) {
      return candidates.values().iterator().next();
    }
    throw FacetException.usage(
        candidates.isEmpty()
            ? "%s has no column with %s; it has %s".formatted(file, what, schema.columns())
            : "%s has several columns with %s: set %s to one of %s"
                .formatted(file, what, setting, String.join(", ", candidates.keySet())));
  }
}
