package dev.facet.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.base.FacetException;
import dev.facet.base.Rgb;
import dev.facet.cli.request.AugmentRequest;
import dev.facet.cli.request.DecodeRequest;
import dev.facet.cli.request.EvalBenchRequest;
import dev.facet.cli.request.EvalRequest;
import dev.facet.cli.request.ExportFormat;
import dev.facet.cli.request.ExportRequest;
import dev.facet.cli.request.LoaderBenchRequest;
import dev.facet.cli.request.ParityRequest;
import dev.facet.cli.request.SynthRequest;
import dev.facet.cli.settings.DataConfig;
import dev.facet.eval.retrieval.TieRule;
import dev.facet.loader.data.Format;
import dev.facet.loader.decode.DecodeSettings;
import dev.facet.loader.picture.PixelType;
import dev.facet.model.DeviceChoice;
import dev.facet.model.parity.Tolerance;
import dev.facet.model.weights.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command but training. */
final class OtherCommandsTest {
  @TempDir private Path folder;
  private FakeFacet facet;

  @BeforeEach
  void aConfigWithItsData() throws IOException {
    facet = new FakeFacet(folder);
  }

  @Test
  void aMachineWithAProblemEndsWithExitCodeOne() {
    assertThat(facet.facet("doctor")).isZero();
    assertThat(facet.facet("doctor", "--json")).isEqualTo(1); // as the made-up work finds it
  }

  @Test
  void evalTakesTheSettingsOfTheRun() throws IOException {
    facet.startRun();
    String run = facet.run().toString();
    assertThat(
            facet.facet(
                "eval", "--run", run, "--split", "train", "--batch", "7", "--device", "cpu"))
        .isZero();
    EvalRequest request = (EvalRequest) facet.work.requests.getFirst();
    assertThat(request.model()).isEqualTo(new EvalRequest.BestOfRun(Path.of(run)));
    assertThat(request.out()).isEqualTo(Path.of(run));
    assertThat(request.config().data().root()).isEqualTo(facet.pictures());
    assertThat(request.config().data().evalSplit()).isEqualTo("train");
    assertThat(request.config().eval().batch()).isEqualTo(7);
    assertThat(request.config().eval().ties()).isEqualTo(TieRule.INDEX);
    assertThat(request.config().model().device()).isEqualTo(DeviceChoice.CPU);
  }

  @Test
  void aSplitThatIsNotAsRequiredKeepsNoOtherFromBeingScored() throws IOException {
    facet.startRun();
    facet.work.failure = FacetException.run("r1 is 0.1");
    String run = facet.run().toString();
    assertThat(facet.facet("eval", "--run", run, "--split", "train,dev")).isEqualTo(1);
    assertThat(facet.work.requests).hasSize(2);
    assertThat(facet.err())
        .contains("train: r1 is 0.1", "dev: r1 is 0.1")
        .endsWith("facet: not as asked for, see above: train, dev" + System.lineSeparator());
  }

  @Test
  void evalOfACheckpointNeedsData() {
    String checkpoint = facet.pictures().toString();
    assertThat(facet.facet("eval", "--checkpoint", checkpoint)).isEqualTo(2);
    assertThat(facet.err()).contains("name the dataset to score on with --data ROOT");
    assertThat(facet.facet("eval", "--checkpoint", checkpoint, "--data", folder.toString()))
        .isZero();
    assertThat(facet.facet("eval", "--checkpoint", "gone", "--data", folder.toString()))
        .isEqualTo(2);
    assertThat(facet.facet("eval", "--run", folder.toString())).isEqualTo(2);
    assertThat(facet.err()).contains("is not a run directory: there is no config.yaml");
    assertThat(facet.facet("eval", "--run", "a", "--checkpoint", "b")).isEqualTo(2);
    assertThat(facet.facet("eval", "--checkpoint", checkpoint, "--data", "x", "--device", "gpu"))
        .isEqualTo(2);
    assertThat(facet.err()).contains("--device gpu: model.device is \"gpu\"; it expects one of");
  }

  @Test
  void parityPastItsToleranceIsAFailure() {
    String[] asked = {"parity", "--model", "m", "--io", "io.safetensors"};
    assertThat(facet.facet(asked)).isZero();
    ParityRequest request = (ParityRequest) facet.work.requests.getFirst();
    assertThat(request.tolerance()).isEqualTo(Tolerance.FLOAT32);
    String half = "parity --model m --io io --precision bfloat16 --tolerance 0.1";
    assertThat(facet.facet(half.split(" "))).isZero();
    assertThat(((ParityRequest) facet.work.requests.getLast()).tolerance())
        .isEqualTo(new Tolerance(0.1, Tolerance.BFLOAT16.gradients()));
    // The work behind this test finds a difference where JSON is wanted.
    assertThat(facet.facet("parity", "--model", "m", "--io", "io.safetensors", "--json"))
        .isEqualTo(1);
    assertThat(facet.facet("parity", "--model", "m")).isEqualTo(2);
    assertThat(facet.facet("parity", "--model", "m", "--io", "x", "--tolerance", "-1"))
        .isEqualTo(2);
    assertThat(facet.err()).contains("--tolerance is -1.0");
  }

  @Test
  void exportTellsWhatIsWrongBeforeItOpensTheModel() throws IOException {
    String model = facet.pictures().toString();
    String free = folder.resolve("new").toString();
    String[] good = {"export", "--checkpoint", model, "--to", "open_clip", "--out", free};
    assertThat(facet.facet("export", "--checkpoint", "gone", "--to", "huggingface", "--out", free))
        .isEqualTo(2);
    assertThat(facet.facet("export", "--checkpoint", model, "--to", "onnx", "--out", free))
        .isEqualTo(2);
    assertThat(
            facet.facet(
                "export", "--checkpoint", model, "--to", "open_clip", "--out", folder.toString()))
        .isEqualTo(2);
    assertThat(
            facet.facet(
                "export",
                "--checkpoint",
                model,
                "--to",
                "torchscript",
                "--out",
                free,
                "--dtype",
                "float16"))
        .isEqualTo(2);
    assertThat(facet.err())
        .contains("--checkpoint gone: there is no such folder; name a model folder")
        .contains("--to")
        .contains("--out " + folder + " already exists: delete it or name another")
        .contains("--dtype: TorchScript encoders hold float32");
    assertThat(facet.work.requests).isEmpty();
    assertThat(facet.facet(good)).isZero();
    Files.createDirectory(Path.of(free));
    assertThat(facet.facet(good)).isZero();
    assertThat(facet.work.requests)
        .first()
        .isEqualTo(
            new ExportRequest(
                Path.of(model), ExportFormat.OPEN_CLIP, Path.of(free), TensorType.F32, null, null));
  }

  @Test
  void synthChecksItsArgumentsFirst() {
    String taken = folder.toString();
    String free = folder.resolve("new").toString();
    assertThat(facet.facet("synth", "--out", taken, "--count", "5")).isEqualTo(2);
    assertThat(facet.facet("synth", "--out", free, "--count", "0")).isEqualTo(2);
    assertThat(facet.facet("synth", "--out", free, "--count", "5", "--test-share", "1"))
        .isEqualTo(2);
    assertThat(facet.facet("synth", "--out", free, "--count", "5", "--threads", "-1")).isEqualTo(2);
    assertThat(facet.work.requests).isEmpty();
    assertThat(facet.facet("synth", "--out", free, "--count", "5", "--threads", "3")).isZero();
    assertThat(facet.work.requests).containsExactly(new SynthRequest(Path.of(free), 5, 0, 0.08, 3));
  }

  @Test
  void benchEvalRanksAtLeastOneQueryAndNoMoreThanCandidates() {
    assertThat(facet.facet("bench", "eval", "--queries", "30", "--candidates", "20")).isEqualTo(2);
    assertThat(facet.err()).contains("--queries 30: from 1 to 20");
    assertThat(facet.facet("bench", "eval", "--width", "0")).isEqualTo(2);
    assertThat(facet.work.requests).isEmpty();
    assertThat(facet.facet("bench", "eval", "--queries", "5", "--threads", "3")).isZero();
    assertThat(facet.work.requests)
        .containsExactly(new EvalBenchRequest(5, 20_000, 512, 3, 5, Path.of("bench-eval"), false));
  }

  @Test
  void benchLoaderNeedsDataAndOverridesThreads() {
    assertThat(facet.facet("bench", "loader")).isEqualTo(2);
    assertThat(facet.facet("bench")).isEqualTo(2);
    assertThat(facet.facet("bench", "loader", "--data", folder.toString(), "--threads", "3"))
        .isZero();
    LoaderBenchRequest request = (LoaderBenchRequest) facet.work.requests.getFirst();
    assertThat(request.threads()).containsExactly(3);
    assertThat(request.seconds()).isEqualTo(20);
    assertThat(request.pixels()).isEqualTo(PixelType.UINT8);
    assertThat(request.split()).isEqualTo("train");
    facet.facet("bench", "loader", "--data", folder.toString(), "--split", "val");
    assertThat(((LoaderBenchRequest) facet.work.requests.getLast()).split()).isEqualTo("val");
  }

  @Test
  void benchLoaderTriesSeveralNumbersOfThreads() {
    String data = folder.toString();
    String[] arguments = {
      "bench", "loader", "--data", data, "--threads", "1,2,0", "--runs", "3", "--pixels", "float32"
    };
    assertThat(facet.facet(arguments)).isZero();
    LoaderBenchRequest request = (LoaderBenchRequest) facet.work.requests.getFirst();
    assertThat(request.threads()).containsExactly(1, 2, 0);
    assertThat(request.runs()).isEqualTo(3);
    assertThat(request.pixels()).isEqualTo(PixelType.FLOAT32);
    assertThat(facet.facet("bench", "loader", "--data", data, "--threads", "1,-2")).isEqualTo(2);
    assertThat(facet.facet("bench", "loader", "--data", data, "--runs", "0")).isEqualTo(2);
    assertThat(facet.facet("bench", "loader", "--data", data, "--pixels", "half")).isEqualTo(2);
  }

  @Test
  void inspectTellsWhatADatasetHolds() {
    assertThat(facet.facet("inspect", folder.toString())).isZero();
    assertThat(facet.out())
        .contains("train                 600 rows  (looked at)")
        .contains("from 258 of them")
        .contains("format       PNG 255")
        .contains("width        30 px")
        .contains("captions     2 per picture\n", "words        1 to 3, median 3 per caption")
        .contains("face box     100%")
        .contains("labels       hat 100%")
        .contains("unusable     missing 3")
        .contains("  a black [2J picture\n")
        .doesNotContain("\u001b");
  }

  @Test
  void inspectCountsCaptionsThatAreCutWhereATokenizerIsNamed() {
    String data = folder.toString();
    assertThat(facet.facet("inspect", data)).isZero();
    assertThat(facet.out()).contains("tokens       not counted", "model.tokenizer");
    assertThat(facet.facet("inspect", data, "--set", "model.tokenizer=torn.json")).isZero();
    assertThat(facet.err()).contains("note: tokens are not counted: torn.json is not a readable");
    assertThat(facet.facet("inspect", data, "--set", "model.tokenizer=tokenizer.json")).isZero();
    assertThat(facet.out())
        .contains("tokens       25.0% of 200 that were looked at are longer than the 77 tokens")
        .contains("20.0% of all their tokens are cut off; the longest has 248");
  }

  @Test
  void inspectPrintsJsonAndDrawsASheet() throws IOException {
    Path sheet = folder.resolve("sheet.png");
    assertThat(facet.facet("inspect", folder.toString(), "--json", "--sheet", sheet.toString()))
        .isZero();
    assertThat(facet.out()).contains("\"rows\" : 600").contains("\"skipped\" : {");
    assertThat(Files.readAllBytes(sheet)).startsWith(0x89, 'P', 'N', 'G');
    assertThat(facet.facet("inspect", folder.toString(), "--split", "dev")).isEqualTo(2);
    assertThat(facet.facet("inspect", "nowhere")).isEqualTo(2);
  }

  @Test
  void inspectReadsTheDataAsTheConfigSays() throws IOException {
    Path file = folder.resolve("mix.yaml");
    Files.writeString(
        file, "data:\n  mixture: [{root: %1$s}, {root: %1$s}]\n".formatted(facet.pictures()));
    assertThat(facet.facet("inspect", "--config", file.toString())).isZero();
    assertThat(((DataConfig) facet.work.requests.getFirst()).sources()).hasSize(2);
    String data = folder.toString();
    assertThat(
            facet.facet("inspect", data, "--config", file.toString(), "--set", "data.preset=flip"))
        .isZero();
    assertThat(((DataConfig) facet.work.requests.getLast()).sources())
        .singleElement()
        .satisfies(source -> assertThat(source.root()).isEqualTo(folder))
        .satisfies(source -> assertThat(source.format()).isEqualTo(Format.JSON));
    assertThat(facet.facet("inspect")).isEqualTo(2);
    assertThat(facet.facet("inspect", data, data)).isEqualTo(2);
    assertThat(facet.facet("inspect", data, "--set", "data.preset=flop")).isEqualTo(2);
    assertThat(facet.err())
        .contains("name the dataset to look at, or a config with --config")
        .contains("name one dataset, not 2")
        .contains("data.preset is flop; it expects one of facet");
  }

  @Test
  void aFolderOfAMixtureThatIsMissingIsNamed() throws IOException {
    Path file = folder.resolve("mix.yaml");
    Files.writeString(file, "data: {mixture: [{root: %s}, {root: gone}]}".formatted(folder));
    assertThat(facet.facet("inspect", "--config", file.toString())).isEqualTo(2);
    assertThat(facet.facet("bench", "loader", "--config", file.toString())).isEqualTo(2);
    assertThat(facet.err().lines())
        .containsExactly(
            "facet: data.mixture: nothing at gone; correct it in the config",
            "facet: data.mixture: nothing at gone; correct it in the config");
  }

  @Test
  void decodeTakesFilesAndTheLimitsOfTheConfig() throws IOException {
    Path picture = Files.writeString(folder.resolve("a.jpg"), "none");
    String[] arguments = {
      "inspect",
      "--decode",
      picture.toString(),
      picture.toString(),
      "--json",
      "--set",
      "data.max_pixels=9",
      "--set",
      "data.background=[255, 128, 0]"
    };
    assertThat(facet.facet(arguments)).isZero();
    assertThat(facet.work.requests)
        .containsExactly(
            new DecodeRequest(
                List.of(picture, picture),
                new DecodeSettings(9, 64L << 20, false, Rgb.of(0xFF8000), false),
                true));
    assertThat(facet.facet("inspect", "--decode")).isEqualTo(2);
    assertThat(facet.facet("inspect", "--decode", "gone.jpg")).isEqualTo(2);
    assertThat(facet.facet("inspect", "--decode", folder.toString())).isEqualTo(2);
    assertThat(facet.facet("inspect", "--decode", "--augment", "a.jpg")).isEqualTo(2);
    assertThat(facet.err())
        .contains("gone.jpg does not exist: check the path")
        .contains(folder + " is not a file");
  }

  @Test
  void augmentDrawsTheDataOfAConfigOrAnOption() {
    String data = folder.toString();
    assertThat(facet.facet("inspect", "--augment", "--data", data, "--pictures", "2")).isZero();
    AugmentRequest request = (AugmentRequest) facet.work.requests.getFirst();
    assertThat(request.config().data().root()).isEqualTo(folder);
    assertThat(request.pictures()).isEqualTo(2);
    assertThat(request.out()).isEqualTo(Path.of("augment.png"));
    assertThat(facet.facet("inspect", "--augment")).isEqualTo(2);
    assertThat(facet.facet("inspect", "--augment", data, "--pictures", "0")).isEqualTo(2);
  }

  @Test
  void augmentTakesASplitAndElseTheOneTrainedOn() {
    String data = folder.toString();
    assertThat(facet.facet("inspect", "--augment", data, "--split", "test")).isZero();
    assertThat(facet.facet("inspect", "--augment", data)).isZero();
    assertThat(facet.work.requests)
        .extracting(request -> ((AugmentRequest) request).split())
        .containsExactly("test", null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--decode --split test",
        "--decode --sheet a.png",
        "--decode --out a.png",
        "--decode --pictures 2",
        "--decode --data .",
        "--augment --sheet a.png",
        "--augment --json",
        "--out a.png",
        "--pictures 2"
      })
  void optionsThatMeanNothingInAModeAreRefused(String options) {
    List<String> arguments = new ArrayList<>(List.of("inspect", folder.toString()));
    arguments.addAll(List.of(options.split(" ")));
    assertThat(facet.facet(arguments.toArray(String[]::new))).isEqualTo(2);
    assertThat(facet.err()).contains("has no meaning here");
    assertThat(facet.work.requests).isEmpty();
  }

  @Test
  void configPrintsTheReferenceAndTheSchema() {
    assertThat(facet.facet("config")).isZero();
    assertThat(facet.out()).contains("  batch: 256 # ");
    assertThat(facet.facet("config", "--schema")).isZero();
    assertThat(facet.out()).contains("\"$schema\"");
  }
}
