package dev.facet.loader.source;

import java.io.IOException;

/** Where a scan puts what it finds. */
interface Sink {
  void add(Entry entry) throws IOException;

  /** Something the user should know, which is no reason to stop. */
  void note(String note);
}
