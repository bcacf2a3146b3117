package dev.facet.prepare.whole;

import dev.facet.prepare.part.SpoolReader;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parts that are read here and there: the ones used last stay open. For one thread. */
final class OpenSpools implements AutoCloseable {
  /** A process may have some thousand files open, and others want some too. */
  private static final int MOST = 64;

  private final List<SpoolFile> spools;
  private final Map<Integer, SpoolReader> open = new LinkedHashMap<>(MOST, 0.75f, true);

  OpenSpools(List<SpoolFile> spools) {
    this.spools = spools;
  }

  SpoolReader get(int number) throws IOException {
    SpoolReader reader = open.get(number);
    if (reader == null) {
      if (open.size() == MOST) {
        Integer eldest = open.keySet().iterator().next();
        open.remove(eldest).close();
      }
      reader = new SpoolReader(spools.get(number).path());
      open.put(number, reader);
    }
    return reader;
  }

  @Override
  public void close() throws IOException {
    for (SpoolReader reader : open.values()) {
      reader.close();
    }
  }
}
