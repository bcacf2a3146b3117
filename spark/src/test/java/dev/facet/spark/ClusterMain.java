package dev.facet.spark;

import dev.facet.cli.command.Facet;
import dev.facet.cli.console.Console;
import dev.facet.cli.work.AllWork;

/** The driver of a cluster of processes on this machine, in a process of its own. */
final class ClusterMain {
  private ClusterMain() {}

  public static void main(String[] arguments) {
    System.exit(Facet.run(Console.system(), new AllWork(), arguments));
  }
}
