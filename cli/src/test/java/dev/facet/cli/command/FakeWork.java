package dev.facet.cli.command;

import dev.facet.base.FacetException;
import dev.facet.cli.config.Config;
import dev.facet.cli.console.Console;
import dev.facet.cli.inspect.CutCaptions;
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
import dev.facet.cli.settings.DataConfig;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Row;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Work that only remembers what it was asked, or fails as it is told. */
final class FakeWork implements Work {
  /** Thrown by every piece of work, if set. */
  @Nullable Throwable failure;

  /** Called within training, if set. */
  Runnable duringTraining = () -> {};

  /** What a dry run finds. */
  List<String> problems = List.of();

  final List<Object> requests = new ArrayList<>();
  boolean stopSeen;

  @Override
  public boolean train(TrainRequest request, Console console, BooleanSupplier stopRequested)
      throws Exception {
    does(request);
    duringTraining.run();
    stopSeen = stopRequested.getAsBoolean();
    return !stopSeen;
  }

  @Override
  public List<String> dryRun(DryRunRequest request, Console console) throws Exception {
    does(request);
    return problems;
  }

  @Override
  public void eval(EvalRequest request, Console console) throws Exception {
    does(request);
  }

  @Override
  public void eval(StoredEvalRequest request, Console console) throws Exception {
    does(request);
  }

  @Override
  public boolean doctor(boolean json, Console console) {
    return !json;
  }

  @Override
  public void search(SearchRequest request, Console console) throws Exception {
    does(request);
  }

  @Override
  public void copies(CopiesRequest request, Console console) throws Exception {
    does(request);
  }

  @Override
  public void embed(EmbedRequest request, Console console) throws Exception {
    does(request);
  }

  @Override
  public void compare(CompareRequest request, Console console) throws Exception {
    does(request);
  }

  @Override
  public void runs(RunsRequest request, Console console) throws Exception {
    does(request);
  }

  @Override
  public boolean parity(ParityRequest request, Console console) throws Exception {
    does(request);
    return !request.json();
  }

  @Override
  public void export(ExportRequest request, Console console) throws Exception {
    does(request);
  }

  @Override
  public void prepare(PrepareRequest request, Console console) throws Exception {
    does(request);
  }

  @Override
  public void takeDown(TakeDownRequest request, Console console) throws Exception {
    does(request);
  }

  @Override
  public void convert(ConversionRequest request, Console console) throws Exception {
    does(request);
  }

  @Override
  public List<String> prepareDryRun(PrepareRequest request, Console console) throws Exception {
    does(request);
    return List.of();
  }

  @Override
  public void synth(SynthRequest request, Console console) throws Exception {
    does(request);
  }

  @Override
  public void benchLoader(LoaderBenchRequest request, Console console) throws Exception {
    does(request);
  }

  @Override
  public void benchEval(EvalBenchRequest request, Console console) throws Exception {
    does(request);
  }

  @Override
  public void decode(DecodeRequest request, Console console) throws Exception {
    does(request);
  }

  @Override
  public void augment(AugmentRequest request, Console console) throws Exception {
    does(request);
  }

  @Override
  public SequencedMap<String, Long> splits(DataConfig data) {
    SequencedMap<String, Long> splits = new LinkedHashMap<>();
    splits.put("test", 3L);
    splits.put("train", 600L);
    return splits;
  }

  @Override
  public @Nullable CutCaptions cutCaptions(Config config, Dataset dataset) {
    Path tokenizer = config.model().tokenizer();
    if (tokenizer != null && tokenizer.endsWith("torn.json")) {
      throw FacetException.run("torn.json is not a readable tokenizer.json");
    }
    return tokenizer == null ? null : new CutCaptions(200, 50, 20_000, 4_000, 248, 77);
  }

  @Override
  public Dataset open(DataConfig data, String split) {
    requests.add(data);
    if (!splits(data).containsKey(split)) {
      throw FacetException.usage(data.name() + " has no split " + split);
    }
    return new Drawn(data.name() + " (" + split + ")");
  }

  private void does(Object request) throws Exception {
    requests.add(request);
    switch (failure) {
      case Exception exception -> throw exception;
      case Error error -> throw error;
      case null, default -> {}
    }
  }

  /** 600 rows in 3 chunks; the first row of each chunk cannot be used. */
  private record Drawn(String name) implements Dataset {
    @Override
    public int chunkCount() {
      return 3;
    }

    @Override
    public int rowCount(int chunk) {
      return 200;
    }

    @Override
    public Chunk open(int chunk) {
      return new Chunk() {
        @Override
        public void read(int index, Row row) throws IOException, BadSampleException {
          if (index == 0) {
            throw new BadSampleException(BadSampleException.Reason.MISSING, "gone");
          }
          ByteArrayOutputStream png = new ByteArrayOutputStream();
          ImageIO.write(new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB), "png", png);
          row.clear();
          row.id("id" + index);
          row.source("drawn");
          row.image().at(MemorySegment.ofArray(png.toByteArray()), 0, png.size());
          row.caption("a black\u001b[2J\npicture", 1);
          row.caption("nothing", 1);
          row.box(5, 5, 15, 15);
          row.label("hat", "none");
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void close() {}
  }
}
