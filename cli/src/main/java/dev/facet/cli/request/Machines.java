package dev.facet.cli.request;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Which machines prepare, and where their files are.
 *
 * @param engine by its name
 * @param master address of its cluster, if that is said
 * @param store folder of the cluster's that keeps parts and shards; null where all machines have
 *     the one of the shards
 * @param source of data that lies elsewhere; null where it is on this machine
 */
public record Machines(
    String engine, @Nullable String master, @Nullable URI store, @Nullable URI source) {
  /** The engine that is this process. */
  public static final String LOCAL = "local";
}
