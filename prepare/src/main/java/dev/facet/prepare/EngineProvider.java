package dev.facet.prepare;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Offers an engine that a module of its own brings, found by {@link java.util.ServiceLoader}. */
public interface EngineProvider {
  /** What the command line calls it. */
  String name();

  /**
   * Starts it.
   *
   * @param master the cluster's address; null where the program that started this one says it
   * @param store folder of the cluster's where parts and shards are kept; null where all machines
   *     have the folder of the shards
   * @throws dev.facet.base.FacetException if there is none
   */
  Engine start(@Nullable String master, @Nullable URI store);
}
