package dev.facet.loader.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** What becomes of the objects in a file of JSON. */
public interface ListEntries {
  void add(ObjectNode object, long number) throws IOException;

  /**
   * What stands in an entry's place and is none.
   *
   * @param why a sentence that names the place
   */
  void malformed(long number, String why) throws IOException;

  /** Whether an object can be an entry: where a list is broken, the next of these is looked for. */
  boolean isEntry(ObjectNode object);
}
