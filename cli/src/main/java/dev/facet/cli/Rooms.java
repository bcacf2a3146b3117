package dev.facet.cli;

import dev.facet.base.FacetException;
import dev.facet.cli.command.EvalRequest;
import dev.facet.cli.command.LoaderBenchRequest;
import dev.facet.cli.command.SynthRequest;
import dev.facet.cli.command.TrainRequest;
import dev.facet.cli.command.Work;
import dev.facet.cli.console.Console;
import dev.facet.loader.Dataset;
import java.nio.file.Path;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;

/**
 * The work of each command, done by the rooms of the house: loader, model, train, eval, prepare.
 */
final class Rooms implements Work {
  @Override
  public void train(TrainRequest request, Console console, BooleanSupplier stopRequested) {
    throw missing("train");
  }

  @Override
  public void eval(EvalRequest request, Console console) {
    throw missing("eval");
  }

  @Override
  public void synth(SynthRequest request, Console console) {
    throw missing("synth");
  }

  @Override
  public void benchLoader(LoaderBenchRequest request, Console console) {
    throw missing("bench loader");
  }

  @Override
  public SequencedMap<String, Long> splits(Path root) {
    throw missing("inspect");
  }

  @Override
  public Dataset open(Path root, String split) {
    throw missing("inspect");
  }

  private static FacetException missing(String command) {
    return FacetException.run("this build does not hold the work of \"facet " + command + "\"");
  }
}
