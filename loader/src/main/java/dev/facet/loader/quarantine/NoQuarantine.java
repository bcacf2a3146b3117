package dev.facet.loader.quarantine;

import dev.facet.loader.data.BadSampleException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Bad samples are counted, and written nowhere. */
enum NoQuarantine implements Quarantine {
  INSTANCE;

  @Override
  public void add(long row, String id, String source, BadSampleException cause) {}

  @Override
  public @Nullable Path path() {
    return null;
  }

  @Override
  public void close() {}
}
