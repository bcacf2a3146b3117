package dev.facet.cli.request;

import dev.facet.cli.config.Config;
import dev.facet.cli.console.Console;
import dev.facet.cli.inspect.CutCaptions;
import dev.facet.cli.settings.DataConfig;
import dev.facet.loader.data.Dataset;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the commands do once their arguments and config are known to be good. A failure is an
 * exception; the command line turns it into a message and an exit code.
 */
public interface Work {
  /**
   * Trains until the last epoch, or until asked to stop; then saves what a resume needs. A new run
   * writes its effective config to {@code config.run().configFile()}.
   *
   * @return false if it was stopped before the end
   */
  boolean train(TrainRequest request, Console console, BooleanSupplier stopRequested)
      throws Exception;

  /**
   * Opens the data of a training run, and holds data, model and machine against its settings; tells
   * what it finds on {@code err}. Trains nothing and makes nothing but the index of a list.
   *
   * @return every problem found, with its cure
   */
  List<String> dryRun(DryRunRequest request, Console console) throws Exception;

  /** Scores a checkpoint and prints the result. */
  void eval(EvalRequest request, Console console) throws Exception;

  /** Scores stored embeddings and prints the result. */
  void eval(StoredEvalRequest request, Console console) throws Exception;

  /** Writes the embeddings of a split, or goes on with them, and prints the counts. */
  void embed(EmbedRequest request, Console console) throws Exception;

  /** Looks among stored embeddings and prints what is nearest. */
  void search(SearchRequest request, Console console) throws Exception;

  /** Looks through data for copies of a photo and prints them. */
  void copies(CopiesRequest request, Console console) throws Exception;

  /** Compares evaluations that were made before and prints the differences. */
  void compare(CompareRequest request, Console console) throws Exception;

  /** Compares the runs below a folder, prints the table and writes the page. */
  void runs(RunsRequest request, Console console) throws Exception;

  /**
   * Compares a model with reference numbers and prints the differences.
   *
   * @return whether all are within the tolerance
   */
  boolean parity(ParityRequest request, Console console) throws Exception;

  /** Writes a model for other programs. */
  void export(ExportRequest request, Console console) throws Exception;

  /** Draws the built-in picture set. */
  void synth(SynthRequest request, Console console) throws Exception;

  /** Makes shards of a published data set, or goes on with it, and prints the counts. */
  void prepare(PrepareRequest request, Console console) throws Exception;

  /** Removes from shards what a list names, and prints what was found. */
  void takeDown(TakeDownRequest request, Console console) throws Exception;

  /** Writes data in a form that other programs read, and prints the counts. */
  void convert(ConversionRequest request, Console console) throws Exception;

  /**
   * Counts the rows of a published data set, estimates what preparing it takes, and tells both on
   * {@code err}. Fetches and writes nothing.
   *
   * @return every problem found, with its cure
   */
  List<String> prepareDryRun(PrepareRequest request, Console console) throws Exception;

  /** Measures the loader and names the bottleneck. */
  void benchLoader(LoaderBenchRequest request, Console console) throws Exception;

  /** Measures exact ranking beside the plain matrix product. */
  void benchEval(EvalBenchRequest request, Console console) throws Exception;

  /** Prints how picture files are decoded; one that is refused is no failure. */
  void decode(DecodeRequest request, Console console) throws Exception;

  /**
   * Looks at this machine and prints what it has.
   *
   * @param json whether to print for machines
   * @return whether nothing is wrong
   */
  boolean doctor(boolean json, Console console) throws Exception;

  /** Draws how training pictures vary. */
  void augment(AugmentRequest request, Console console) throws Exception;

  /** The splits of the data and the number of rows in each. */
  SequencedMap<String, Long> splits(DataConfig data) throws Exception;

  /**
   * How many captions of a split are longer than the config's model reads; null where the config
   * names no tokenizer.
   */
  @Nullable CutCaptions cutCaptions(Config config, Dataset dataset) throws Exception;

  /** Opens one split of the data. */
  Dataset open(DataConfig data, String split) throws Exception;
}
