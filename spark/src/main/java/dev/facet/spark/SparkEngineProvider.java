package dev.facet.spark;

import dev.facet.prepare.Engine;
import dev.facet.prepare.EngineProvider;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Offers {@code --engine spark}. */
public final class SparkEngineProvider implements EngineProvider {
  @Override
  public String name() {
    return "spark";
  }

  @Override
  public Engine start(@Nullable String master, @Nullable URI store) {
    return SparkEngine.start(master, store);
  }
}
