package dev.facet.prepare.part;

import java.io.IOException;
import java.util.Set;

/** Where the rows of a part come from, and their pictures. */
interface Rows {
  /** Takes what was made of some rows. Any number of threads may call it. */
  interface Sink {
    void add(Made made) throws IOException;
  }

  /**
   * Makes all of a part; returns when the sink has everything.
   *
   * @param part from 0
   * @param done ordinals of rows that need nothing done any more
   * @throws dev.facet.base.FacetException if the run cannot go on
   */
  void make(int part, Set<Long> done, Sink sink) throws IOException, InterruptedException;
}
