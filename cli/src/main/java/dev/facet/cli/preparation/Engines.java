package dev.facet.cli.preparation;

import dev.facet.base.FacetException;
import dev.facet.cli.request.Machines;
import dev.facet.prepare.Engine;
import dev.facet.prepare.EngineProvider;
import java.util.ServiceLoader;

/**
 * What makes the parts of a preparation: this process, or what a module on the class path offers.
 */
final class Engines {
  private static final String SPARK = "spark";

  private Engines() {}

  /**
   * Starts the engine that is asked for.
   *
   * @throws FacetException if there is none of its name, or nothing to run it with
   */
  static Engine start(Machines machines) {
    String name = machines.engine();
    if (name.equals(Machines.LOCAL)) {
      return Engine.local();
    }
    if (!name.equals(SPARK)) {
      throw FacetException.usage("--engine " + name + ": local or spark");
    }
    for (EngineProvider provider : ServiceLoader.load(EngineProvider.class)) {
      if (provider.name().equals(name)) {
        return provider.start(machines.master(), machines.store());
      }
    }
    throw FacetException.usage(
        "--engine spark: Apache Spark is not here, and Facet does not bring it. Unpack Spark 4.2"
            + " (Scala 2.13), set SPARK_HOME to its folder and run the same command again;"
            + " docs/spark.md has the rest");
  }
}
