package dev.facet.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.facet.base.FacetException;
import dev.facet.base.Staged;
import dev.facet.eval.log.EvalLine;
import dev.facet.eval.log.LoaderLine;
import dev.facet.eval.log.RunLog;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.adapt.Adaptation;
import dev.facet.model.adapt.Lora;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.ops.Precision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
  @TempDir Path folder;

  @Test
  void trainingLearnsToTellThePicturesApart() throws Exception {
    TinyRun run = new TinyRun(folder, 30, 3e-3);
    run.run(false);
    List<Float> losses = run.losses();
    assertThat(losses).hasSize(30 * TinyRun.ROWS / TinyRun.BATCH);
    assertThat(losses.getLast()).isLessThan(losses.getFirst() / 4);
    // Sixteen kinds of picture, four of each: chance is 1/16.
    EvalLine result = Objects.requireNonNull(run.last);
    assertThat(result.imageToText().r1()).isGreaterThan(0.9);
    assertThat(result.textToImage().r1()).isGreaterThan(0.9);
    assertThat(folder.resolve("checkpoints/best/model.safetensors")).exists();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void otherCaptionsOfAPictureAreNotPushedAway(boolean maskIdenticalCaptions) throws Exception {
    TinyRun run = new TinyRun(folder, 1, 1e-3);
    run.shown = row -> 0;
    run.maskIdenticalCaptions = maskIdenticalCaptions;
    run.run(false);
    // Every pair of a batch shows the one picture, so nothing is wrong and nothing to lose.
    assertThat(run.losses()).isNotEmpty().allSatisfy(loss -> assertThat(loss).isLessThan(1e-6f));
  }

  @Test
  void theLogSaysEveryTenStepsWhatTheLoaderDid() throws Exception {
    new TinyRun(folder, 5, 1e-3).run(false);
    List<LoaderLine> lines =
        RunLog.read(folder).stream()
            .filter(LoaderLine.class::isInstance)
            .map(LoaderLine.class::cast)
            .toList();
    assertThat(lines).extracting(LoaderLine::step).containsExactly(10L, 20L);
    long samples = lines.stream().mapToLong(LoaderLine::samples).sum();
    assertThat(samples).isEqualTo(5 * TinyRun.ROWS); // all intervals together are the whole run
    for (LoaderLine line : lines) {
      assertThat(line.stages()).containsKeys("read", "decode", "transform", "text", "wait_batch");
    }
  }

  @Test
  void aBatchInPartsTrainsAsTheWholeOneAndARunMayGoOnInOthers() throws Exception {
    TinyRun whole = new TinyRun(Files.createDirectory(folder.resolve("whole")), 4, 1e-3);
    whole.run(false);
    Path inParts = Files.createDirectory(folder.resolve("parts"));
    TinyRun first = new TinyRun(inParts, 4, 1e-3);
    first.microBatch = 4;
    first.stopAfter = 6;
    assertThat(first.run(false).finished()).isFalse();
    TinyRun rest = new TinyRun(inParts, 4, 1e-3);
    rest.microBatch = 8;
    assertThat(rest.run(true).finished()).isTrue();
    assertThat(rest.losses()).hasSize(16);
    assertThat(rest.losses().getFirst()).isCloseTo(whole.losses().getFirst(), within(1e-5f));
    for (int step = 0; step < 16; step++) {
      assertThat(rest.losses().get(step)).isCloseTo(whole.losses().get(step), within(1e-3f));
    }
  }

  @Test
  void flipsOwnTrainingKeepsWhatIsFrozenOrLocked() throws Exception {
    List<Map<String, float[]>> ends = new ArrayList<>();
    for (double lr : new double[] {1e-3, 1e-2}) {
      Path dir = Files.createDirectory(folder.resolve("lr" + lr));
      TinyRun run = new TinyRun(dir, 1, lr).flip();
      run.adaptation = new Adaptation(List.of("itm_head*"), false, true, null);
      run.run(false);
      Map<String, float[]> end = new LinkedHashMap<>();
      try (DualEncoder model =
          ModelDirectory.open(
              dir.resolve("checkpoints").resolve(Checkpoints.BEST),
              ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32))) {
        model
            .weights()
            .forEach(
                (name, array) -> {
                  if (!name.endsWith("_queue")) {
                    end.put(name, array.toFloatArray());
                  }
                });
      }
      ends.add(end);
    }
    ends.getFirst()
        .forEach(
            (name, one) -> {
              boolean kept = name.startsWith("text_") || name.startsWith("itm_head");
              boolean same = Arrays.equals(one, ends.getLast().get(name));
              assertThat(same).as(name).isEqualTo(kept);
            });
  }

  @Test
  void anAdaptedRunResumesToTheSameLossesAndWeightsBitForBit() throws Exception {
    Adaptation lora =
        new Adaptation(
            List.of(),
            false,
            false,
            new Lora(4, 8, 0.2, List.of("*.?_proj", "*.fc?"), List.of("*_projection.*")));
    Path straight = Files.createDirectory(folder.resolve("whole"));
    TinyRun whole = new TinyRun(straight, 4, 1e-2);
    whole.adaptation = lora;
    whole.run(false);
    assertThat(whole.losses().getLast()).isLessThan(whole.losses().getFirst());
    Path interrupted = Files.createDirectory(folder.resolve("interrupted"));
    for (int stop : new int[] {3, 7, 99}) {
      TinyRun part = new TinyRun(interrupted, 4, 1e-2);
      part.adaptation = lora;
      part.stopAfter = stop;
      part.run(stop > 3);
      assertThat(part.losses()).isEqualTo(whole.losses().subList(0, part.losses().size()));
    }
    String last = "checkpoints/step-00000016/";
    for (String file :
        List.of(
            "model.safetensors",
            "optimizer.safetensors",
            "adapter/adapter_model.safetensors",
            "adapter/base.safetensors")) {
      assertThat(interrupted.resolve(last + file))
          .hasSameBinaryContentAs(straight.resolve(last + file));
    }
    assertThat(straight.resolve("checkpoints/best/adapter/base.safetensors")).doesNotExist();
  }

  @Test
  void aBrokenAdapterIsPassedOverForTheCheckpointBefore() throws Exception {
    TinyRun begun = new TinyRun(folder, 2, 1e-3);
    begun.adaptation =
        new Adaptation(List.of(), false, false, new Lora(2, 4, 0, List.of("*"), List.of()));
    begun.run(false);
    Files.delete(folder.resolve("checkpoints/step-00000008/adapter/adapter_model.safetensors"));
    TinyRun again = new TinyRun(folder, 2, 1e-3);
    again.adaptation = begun.adaptation;
    again.run(true);
    assertThat(again.notes)
        .anyMatch(note -> note.contains("adapter/adapter_model.safetensors is missing"))
        .anyMatch(note -> note.contains("resumed at step 6 of 8"));
  }

  @Test
  void aBrokenCheckpointIsPassedOverForTheOneBefore() throws Exception {
    TinyRun whole = new TinyRun(folder, 4, 1e-3);
    whole.run(false);
    List<Float> losses = whole.losses();
    Path newest = new Checkpoints(folder, 2, Map.of()).steps().getLast();
    Path weights = newest.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    TinyRun resumed = new TinyRun(folder, 4, 1e-3);
    resumed.run(true);
    assertThat(resumed.notes)
        .anyMatch(note -> note.contains(newest.getFileName() + " is broken"))
        .anyMatch(note -> note.contains("resumed at step 15 of 16"));
    assertThat(resumed.losses()).isEqualTo(losses);
  }

  @Test
  void aRunDoesNotGoOnWithDataWhoseRowsHaveMoved() throws Exception {
    TinyRun begun = new TinyRun(folder, 4, 1e-3);
    begun.stopAfter = 2;
    begun.run(false);
    TinyRun moved = new TinyRun(folder, 4, 1e-3);
    moved.rows += 8;
    assertThatThrownBy(() -> moved.run(true))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("colour squares is not what this run was trained on")
        .hasMessageContaining("another run.dir");
  }

  @Test
  void onlyTheNewestCheckpointsAreKept() throws Exception {
    new TinyRun(folder, 4, 1e-3).run(false);
    assertThat(new Checkpoints(folder, 2, Map.of()).steps())
        .extracting(path -> path.getFileName().toString())
        .containsExactly("step-00000015", "step-00000016");
  }

  @Test
  void aLossThatIsNoNumberStopsTheRunAndLeavesTheCheckpoints() throws Exception {
    TinyRun run = new TinyRun(folder, 30, 1e30);
    assertThatThrownBy(() -> run.run(false))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("5 steps in a row up to step")
        .hasMessageContaining("another run with a lower train.lr");
    assertNoLeftovers();
  }

  @Test
  void theBestModelIsThatOfTheBestEvaluationAlsoAcrossAResume() throws Exception {
    Path best = folder.resolve("checkpoints/best");
    TinyRun first = new TinyRun(folder, 4, 1e-3).scoring(4, 0.2, 0.6, 0.4);
    first.stopAfter = 9;
    first.run(false);
    byte[] weights = Files.readAllBytes(best.resolve("model.safetensors"));
    assertThat(Checkpoints.stepOf(best)).isEqualTo(8);
    TinyRun second = new TinyRun(folder, 4, 1e-3).scoring(4, 0.5, 0.3);
    Trainer.Outcome outcome = second.run(true);
    assertThat(outcome.state().bestStep()).isEqualTo(8);
    assertThat(outcome.state().bestRecall()).isEqualTo(0.6);
    assertThat(Files.readAllBytes(best.resolve("model.safetensors"))).isEqualTo(weights);
  }

  @Test
  void aRunThatGetsNoBetterEndsAndStaysEndedOnResume() throws Exception {
    TinyRun whole = new TinyRun(Files.createDirectory(folder.resolve("whole")), 4, 1e-3);
    whole.patience = 2;
    whole.scoring(2, 0.2, 0.6, 0.5, 0.6);
    Trainer.Outcome outcome = whole.run(false);
    assertThat(outcome.finished()).isTrue();
    assertThat(outcome.state().step()).isEqualTo(8);
    assertThat(outcome.state().bestStep()).isEqualTo(4);
    assertThat(whole.notes).anyMatch(note -> note.startsWith("ended at step 8 of 16"));

    Path cut = Files.createDirectory(folder.resolve("cut"));
    TinyRun part = new TinyRun(cut, 4, 1e-3).scoring(2, 0.2, 0.6, 0.5);
    part.patience = 2;
    part.stopAfter = 7;
    assertThat(part.run(false).finished()).isFalse();
    TinyRun rest = new TinyRun(cut, 4, 1e-3).scoring(2, 0.6);
    rest.patience = 2;
    assertThat(rest.run(true).state().step()).isEqualTo(8);
    TinyRun again = new TinyRun(cut, 4, 1e-3).scoring(2);
    again.patience = 2;
    assertThat(again.run(true).finished()).isTrue();
    assertThat(again.losses()).isEqualTo(whole.losses()).hasSize(8);
  }

  @Test
  void anEvaluationThatFailsCostsNoSteps() throws Exception {
    TinyRun run = new TinyRun(folder, 4, 1e-3).scoring(5);
    assertThatThrownBy(() -> run.run(false)).hasMessageContaining("no score for step 5");
    assertThat(new Checkpoints(folder, 2, Map.of()).steps().getLast()).hasFileName("step-00000005");
  }

  @Test
  void aStepIsSavedBeforeItsEvaluationBegins() throws Exception {
    TinyRun run = new TinyRun(folder, 2, 1e-3).scoring(4, 0.2, 0.3);
    List<String> newest = new ArrayList<>();
    run.beforeEvaluation = step -> newest.add(newest(folder));
    run.run(false);
    assertThat(newest).containsExactly("step-00000004", "step-00000008");
  }

  @Test
  void anEvaluationThatWasCutOffIsDoneOnResume() throws Exception {
    for (Throwable end :
        List.of(
            new CancellationException(), new StackOverflowError(), new IllegalStateException())) {
      Path dir = Files.createDirectory(folder.resolve(end.getClass().getSimpleName()));
      TinyRun cut = new TinyRun(dir, 4, 1e-3).scoring(4, 0.2);
      cut.beforeEvaluation =
          step -> {
            if (step == 8) {
              raise(end);
            }
          };
      if (end instanceof CancellationException) {
        assertThat(cut.run(false).finished()).isFalse();
      } else {
        assertThatThrownBy(() -> cut.run(false)).isSameAs(end);
      }
      TinyRun rest = new TinyRun(dir, 4, 1e-3).scoring(4, 0.6, 0.4, 0.5);
      Trainer.Outcome outcome = rest.run(true);
      assertThat(outcome.finished()).isTrue();
      assertThat(outcome.state().bestStep()).isEqualTo(8);
      assertThat(rest.evaluations()).containsExactly(4L, 8L, 12L, 16L);
    }
  }

  @Test
  void anEvaluationThatWasDoneIsNotDoneAgain() throws Exception {
    TinyRun first = new TinyRun(folder, 2, 1e-3).scoring(4, 0.2, 0.3);
    first.run(false);
    TinyRun again = new TinyRun(folder, 2, 1e-3).scoring(4);
    assertThat(again.run(true).finished()).isTrue();
    TinyRun longer = new TinyRun(folder, 3, 1e-3).scoring(4, 0.1);
    assertThat(longer.run(true).state().bestStep()).isEqualTo(8);
    assertThat(longer.evaluations()).containsExactly(4L, 8L, 12L);
  }

  @Test
  void everyHeldOutSetHasItsOwnCadenceAndTheFirstAlonePicksTheBest() throws Exception {
    TinyRun run = new TinyRun(folder, 4, 1e-3).scoring(4, 0.2, 0.6, 0.4, 0.5);
    run.more.add(new EvaluationSet("often", 3, (model, step) -> TinyRun.scored(step / 100.0)));
    run.more.add(new EvaluationSet("last", 0, (model, step) -> TinyRun.scored(1)));
    assertThat(run.run(false).state().bestStep()).isEqualTo(8);
    assertThat(run.evaluations()).containsExactly(4L, 8L, 12L, 16L);
    assertThat(run.evaluations("often")).containsExactly(3L, 6L, 9L, 12L, 15L, 16L);
    assertThat(run.evaluations("last")).containsExactly(16L);
  }

  @Test
  void aRunThatEndsBetweenTwoSetsOfAStepGoesOnWithTheSecond() throws Exception {
    TinyRun cut = new TinyRun(folder, 2, 1e-3).scoring(4, 0.2);
    cut.more.add(
        new EvaluationSet(
            "second",
            4,
            (model, step) -> {
              throw new CancellationException();
            }));
    assertThat(cut.run(false).finished()).isFalse();
    TinyRun rest = new TinyRun(folder, 2, 1e-3).scoring(4, 0.1);
    rest.more.add(new EvaluationSet("second", 4, (model, step) -> TinyRun.scored(1)));
    assertThat(rest.run(true).finished()).isTrue();
    assertThat(rest.evaluations()).containsExactly(4L, 8L);
    assertThat(rest.evaluations("second")).containsExactly(4L, 8L);
  }

  @Test
  void anErrorCostsNoWholeStep() throws Exception {
    TinyRun run = new TinyRun(folder, 4, 1e-3);
    run.afterStep =
        step -> {
          if (step == 7) {
            throw new OutOfMemoryError("made up");
          }
        };
    assertThatThrownBy(() -> run.run(false)).isInstanceOf(OutOfMemoryError.class);
    assertThat(newest(folder)).isEqualTo("step-00000007");
    assertThat(run.notes).contains("saved step 7; --resume goes on from there");
  }

  @Test
  void whatAFailedRunSavesTakesNoEarlierCheckpointsPlace() throws Exception {
    TinyRun run = new TinyRun(folder, 4, 1e-3);
    run.afterStep = step -> raise(step < 8 ? null : new IllegalStateException());
    assertThatThrownBy(() -> run.run(false)).isInstanceOf(IllegalStateException.class);
    assertThat(new Checkpoints(folder, 2, Map.of()).steps())
        .extracting(path -> path.getFileName().toString())
        .containsExactly("step-00000003", "step-00000006", "step-00000008");
  }

  @Test
  void aRunThatFailsAndCannotBeSavedTellsBoth() throws Exception {
    TinyRun run = new TinyRun(folder, 4, 1e-3);
    run.afterStep =
        step -> {
          if (step == 2) {
            try {
              Files.writeString(folder.resolve("checkpoints"), "in the way");
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            throw new IllegalStateException("the first cause");
          }
        };
    assertThatThrownBy(() -> run.run(false))
        .hasMessage("the first cause")
        .satisfies(
            failure ->
                assertThat(failure.getSuppressed())
                    .singleElement()
                    .satisfies(
                        second ->
                            assertThat(second).hasMessageContaining("cannot write checkpoint")));
  }

  @Test
  void aCheckpointThatCannotBeWrittenEndsTheRunWithThatOneMessage() throws Exception {
    TinyRun run = new TinyRun(folder, 4, 1e-3);
    run.afterStep =
        step -> {
          if (step == 5) {
            // No folder of this name can be made any more.
            barred(folder.resolve("checkpoints"));
          }
        };
    assertThatThrownBy(() -> run.run(false))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("cannot write checkpoint")
        .hasMessageContaining("step-00000006")
        .satisfies(failure -> assertThat(failure.getSuppressed()).isEmpty());
    assertThat(run.losses()).hasSizeBetween(6, 9);
    assertNoLeftovers();
  }

  private static void barred(Path folder) {
    try {
      Files.move(folder, folder.resolveSibling("elsewhere"));
      Files.writeString(folder, "in the way");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void fewerEpochsThanAlreadyDoneAreRefused() throws Exception {
    new TinyRun(folder, 3, 1e-3).run(false);
    assertThatThrownBy(() -> new TinyRun(folder, 1, 1e-3).run(true))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("this run has done 12 already");
  }

  @Test
  void whatAKilledProcessLeftHalfWrittenIsSweptAway() throws Exception {
    Path leftover = folder.resolve("checkpoints/" + Staged.PREFIX + "1-step-00000003");
    Files.createDirectories(leftover);
    Files.writeString(leftover.resolve("model.safetensors"), "half");
    new TinyRun(folder, 1, 1e-3).run(true);
    assertThat(leftover).doesNotExist();
    assertNoLeftovers();
  }

  private static String newest(Path dir) {
    try {
      return new Checkpoints(dir, 2, Map.of()).steps().getLast().getFileName().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void raise(@Nullable Throwable thrown) {
    switch (thrown) {
      case null -> {}
      case Error error -> throw error;
      case RuntimeException exception -> throw exception;
      default -> throw new AssertionError(thrown);
    }
  }

  private void assertNoLeftovers() throws IOException {
    try (var files = Files.walk(folder)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(Staged.PREFIX));
    }
  }
}
