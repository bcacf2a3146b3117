package dev.facet.loader.index;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where a scan puts what it finds. */
public interface Sink {
  void add(Entry entry) throws IOException;

  /**
   * Adds what stands in an entry's place and is none. It counts as a row of the split that the
   * entry before it is in, and fails with this message when it is read.
   *
   * @param number as in {@link Entry#number}
   * @param id null if nothing better is known than file and number
   * @param why a sentence that names the place and the cure
   */
  void addMalformed(long number, @Nullable String id, String why) throws IOException;

  /** Something the user should know, which is no reason to stop. */
  void note(String note);
}
