package dev.facet.cli.work;

import dev.facet.base.Printable;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.quarantine.Quarantine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands bad samples on, and keeps the first few to show them. */
final class FirstExamples implements Quarantine {
  private static final int MOST = 3;

  private final Quarantine all;
  private final List<String> examples = new ArrayList<>();

  FirstExamples(Quarantine all) {
    this.all = all;
  }

  @Override
  public void add(long row, String id, String source, BadSampleException cause) {
    synchronized (examples) {
      if (examples.size() < MOST) {
        String message = String.valueOf(cause.getMessage());
        // A malformed row's message names its place by itself.
        boolean named = cause.reason() == Reason.MALFORMED || message.contains(id);
        examples.add(Printable.of(named ? message : id + ": " + message));
      }
    }
    all.add(row, id, source, cause);
  }

  /** As many as there were, up to three. */
  List<String> examples() {
    synchronized (examples) {
      return List.copyOf(examples);
    }
  }

  @Override
  public @Nullable Path path() {
    return all.path();
  }

  @Override
  public void close() {
    all.close();
  }
}
