package dev.facet.cli.command;

import dev.facet.base.FacetException;
import dev.facet.cli.request.Machines;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code facet prepare} that say where it runs. */
final class EngineOptions {
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z][a-z0-9+.-]+://.+");

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = Machines.LOCAL,
      description =
          "What makes the parts: local (this process), or spark (a cluster of Apache Spark, which"
              + " has to be there: docs/spark.md). Default: ${DEFAULT-VALUE}.")
  private String engine;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "The cluster of --engine spark, such as spark://host:7077, yarn or local[2].")
  private @Nullable String master;

  @Option(
      names = "--store",
      paramLabel = "URI",
      description =
          "Folder where the machines of --engine spark keep parts and shards if they have no common"
              + " folder, such as hdfs://host/data; --out is the driver's copy then.")
  private @Nullable URI store;

  /** Whether any of them was given. */
  boolean areGiven() {
    return !engine.equals(Machines.LOCAL) || master != null || store != null;
  }

  /** The place of a source that is not on this machine; null if it is. */
  static @Nullable URI elsewhere(String source) {
    return ELSEWHERE.matcher(source).matches() ? URI.create(source) : null;
  }

  /**
   * What was given.
   *
   * @param source as it was given
   * @throws FacetException if one does not go with another
   */
  Machines machines(String source) {
    if (!engine.equals(Machines.LOCAL)) {
      return new Machines(engine, master, store, elsewhere(source));
    }
    if (master != null || store != null) {
      throw FacetException.usage(
          (master == null ? "--store" : "--master")
              + " goes with --engine spark: add that, or leave it out");
    }
    if (elsewhere(source) != null) {
      throw FacetException.usage(
          "--source "
              + source
              + ": this process reads files and folders of its machine: copy it there, or use"
              + " --engine spark");
    }
    return new Machines(engine, null, null, null);
  }
}
