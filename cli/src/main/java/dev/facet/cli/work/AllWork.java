package dev.facet.cli.work;

import dev.facet.cli.config.Config;
import dev.facet.cli.console.Console;
import dev.facet.cli.console.Progress;
import dev.facet.cli.doctor.Doctor;
import dev.facet.cli.inspect.CutCaptions;
import dev.facet.cli.inspect.DecodedFiles;
import dev.facet.cli.inspect.VariationSheet;
import dev.facet.cli.preparation.ConversionWork;
import dev.facet.cli.preparation.PrepareDryRun;
import dev.facet.cli.preparation.PrepareWork;
import dev.facet.cli.preparation.TakeDownWork;
import dev.facet.cli.request.AugmentRequest;
import dev.facet.cli.request.CompareRequest;
import dev.facet.cli.request.ConversionRequest;
import dev.facet.cli.request.CopiesRequest;
import dev.facet.cli.request.DecodeRequest;
import dev.facet.cli.request.DryRunRequest;
import dev.facet.cli.request.EmbedRequest;
import dev.facet.cli.request.EvalBenchRequest;
import dev.facet.cli.request.EvalRequest;
import dev.facet.cli.request.ExportRequest;
import dev.facet.cli.request.LoaderBenchRequest;
import dev.facet.cli.request.ParityRequest;
import dev.facet.cli.request.PrepareRequest;
import dev.facet.cli.request.RunsRequest;
import dev.facet.cli.request.SearchRequest;
import dev.facet.cli.request.StoredEvalRequest;
import dev.facet.cli.request.SynthRequest;
import dev.facet.cli.request.TakeDownRequest;
import dev.facet.cli.request.TrainRequest;
import dev.facet.cli.request.Work;
import dev.facet.cli.runs.RunsWork;
import dev.facet.cli.settings.DataConfig;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.picture.PixelType;
import dev.facet.prepare.synth.Synth;
import dev.facet.prepare.synth.SynthSettings;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The work of each command, done by the rooms of the house: loader, model, train, eval, prepare.
 */
public final class AllWork implements Work {
  @Override
  public boolean train(TrainRequest request, Console console, BooleanSupplier stopRequested)
      throws IOException, InterruptedException {
    return new TrainWork(request, console, stopRequested).run();
  }

  @Override
  public List<String> dryRun(DryRunRequest request, Console console) {
    return new DryRun(request, console).problems();
  }

  @Override
  public void eval(EvalRequest request, Console console) throws IOException, InterruptedException {
    EvalWork.run(request, console);
  }

  @Override
  public void eval(StoredEvalRequest request, Console console) throws IOException {
    StoredEvalWork.run(request, console);
  }

  @Override
  public void embed(EmbedRequest request, Console console)
      throws IOException, InterruptedException {
    EmbedWork.run(request, console);
  }

  @Override
  public void search(SearchRequest request, Console console) throws IOException {
    SearchWork.run(request, console);
  }

  @Override
  public void copies(CopiesRequest request, Console console)
      throws IOException, InterruptedException {
    CopyWork.run(request, console);
  }

  @Override
  public void compare(CompareRequest request, Console console) throws IOException {
    CompareWork.run(request, console);
  }

  @Override
  public void runs(RunsRequest request, Console console) throws IOException {
    RunsWork.run(request, console);
  }

  @Override
  public boolean parity(ParityRequest request, Console console) throws IOException {
    return ParityWork.run(request, console);
  }

  @Override
  public void export(ExportRequest request, Console console) throws IOException {
    ExportWork.run(request, console);
  }

  @Override
  public void prepare(PrepareRequest request, Console console)
      throws IOException, InterruptedException {
    // Opened before anything is fetched: what is wrong with it shows at once.
    try (ModelScorer scorer = ModelScorer.of(request.settings())) {
      PrepareWork.run(request, scorer, console);
    }
  }

  @Override
  public void takeDown(TakeDownRequest request, Console console) throws IOException {
    TakeDownWork.run(request, console);
  }

  @Override
  public void convert(ConversionRequest request, Console console) throws IOException {
    ConversionWork.run(request, console);
  }

  @Override
  public List<String> prepareDryRun(PrepareRequest request, Console console)
      throws InterruptedException {
    return new PrepareDryRun(request, console).problems();
  }

  @Override
  public void synth(SynthRequest request, Console console) throws IOException {
    String command =
        String.format(
            Locale.ROOT,
            "facet synth --out %s --count %d --seed %d --test-share %s",
            request.out(),
            request.count(),
            request.seed(),
            request.testShare());
    try (Progress progress = console.progress("drawing faces", "pictures", request.count())) {
      Synth.write(
          new SynthSettings(
              request.out(),
              request.count(),
              request.seed(),
              request.testShare(),
              request.threads(),
              command),
          progress::update);
    }
  }

  @Override
  public void benchLoader(LoaderBenchRequest request, Console console)
      throws IOException, InterruptedException {
    BenchWork.run(request, console);
  }

  @Override
  public void benchEval(EvalBenchRequest request, Console console) throws IOException {
    EvalBenchWork.run(request, console);
  }

  @Override
  public void decode(DecodeRequest request, Console console) throws IOException {
    DecodedFiles files = new DecodedFiles(request.files(), request.settings());
    console.out().print(request.json() ? files.json() + "\n" : files.text());
  }

  @Override
  public boolean doctor(boolean json, Console console) throws IOException {
    Doctor doctor = Doctor.look();
    console.out().print(json ? doctor.json() : doctor.text());
    return doctor.isHealthy();
  }

  @Override
  public void augment(AugmentRequest request, Console console) throws IOException {
    Config config = request.config();
    String split = request.split();
    try (Dataset dataset =
        split == null ? Sources.training(config.data()) : Sources.open(config.data(), split)) {
      VariationSheet.write(
          dataset,
          Loading.varied(config, Models.preprocessing(config), PixelType.UINT8),
          request.pictures(),
          config.seed(),
          request.out());
    }
  }

  @Override
  public SortedMap<String, Long> splits(DataConfig data) {
    return Sources.splits(data);
  }

  @Override
  public @Nullable CutCaptions cutCaptions(Config config, Dataset dataset) throws IOException {
    return Vocabulary.cutCaptions(config, dataset);
  }

  @Override
  public Dataset open(DataConfig data, String split) {
    return Sources.open(data, split);
  }
}
