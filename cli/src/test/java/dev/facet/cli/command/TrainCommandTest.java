package dev.facet.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.cli.request.DryRunRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class TrainCommandTest {
  @TempDir private Path folder;
  private FakeFacet facet;

  @BeforeEach
  void aConfigWithItsData() throws IOException {
    facet = new FakeFacet(folder);
  }

  @Test
  void aDryRunPrintsAllSettingsAndTouchesNothing() {
    assertThat(facet.train("--dry-run", "--set", "train.batch=8")).isZero();
    assertThat(facet.out()).contains("\n  batch: 8\n").contains("seed: 0\n");
    assertThat(facet.work.requests)
        .singleElement()
        .isInstanceOfSatisfying(
            DryRunRequest.class,
            request -> {
              assertThat(request.data()).isTrue();
              assertThat(request.model()).isTrue();
              assertThat(request.steps()).isTrue();
            });
    assertThat(facet.run()).doesNotExist();
  }

  @Test
  void aDryRunTellsAllProblemsInOneList() throws IOException {
    facet.startRun();
    facet.work.problems = List.of("the data is too small", "the disk is\nfull");
    String before = facet.out();
    String[] arguments = {
      "--dry-run", "--set", "train.lrr=1", "--set", "model.init=gone", "--set", "model.tokenizer=no"
    };
    assertThat(facet.train(arguments)).isEqualTo(2);
    assertThat(facet.err())
        .contains("6 problems:")
        .contains("train.lrr is not a setting")
        .contains("\n  model.init: nothing at gone")
        .contains("\n  model.tokenizer: nothing at no")
        .contains("\n  the data is too small")
        .contains("\n  the disk is\n  full");
    assertThat(facet.out()).isEqualTo(before);
    assertThat(facet.work.requests)
        .singleElement()
        .isInstanceOfSatisfying(
            DryRunRequest.class,
            request -> {
              assertThat(request.data()).isTrue();
              assertThat(request.model()).as("there is none to look at").isFalse();
              assertThat(request.steps()).as("train.lrr hides nothing").isTrue();
            });
  }

  @Test
  void aDryRunTellsARunThatIsThereBesideTheRest() throws IOException {
    facet.startRun();
    facet.work.problems = List.of("the data is too small");
    assertThat(facet.train("--dry-run")).isEqualTo(2);
    assertThat(facet.err())
        .contains("2 problems:")
        .contains("already holds a run")
        .contains("the data is too small");
  }

  @Test
  void missingInputsAreToldBeforeAnythingStarts() {
    assertThat(
            facet.train(
                "--set", "data.root=nowhere", "--set", "model.init=gone", "--set", "train.batch=8"))
        .isEqualTo(2);
    assertThat(facet.err())
        .contains("data.root: nothing at nowhere; set it to what is there")
        .contains("model.init: nothing at gone");
    assertThat(facet.work.requests).isEmpty();
  }

  @Test
  void builtInPicturesNeedNoDataYet() {
    assertThat(facet.train("--set", "data.root=later", "--set", "data.synth_pictures=12000"))
        .isZero();
    assertThat(facet.work.requests).hasSize(1);
  }

  @Test
  void aRunIsNotStartedOverAnother() throws IOException {
    facet.startRun();
    assertThat(facet.train()).isEqualTo(2);
    assertThat(facet.err()).contains("already holds a run: continue it with --resume");
  }

  @Test
  void aResumeNeedsARunWithTheSameSettings() throws IOException {
    assertThat(facet.train("--resume")).isEqualTo(2);
    assertThat(facet.err()).contains("holds no run to resume");
    facet.startRun();
    assertThat(facet.train("--resume")).isZero();
    assertThat(facet.work.requests).hasSize(1);
    assertThat(facet.train("--resume", "--set", "train.batch=64")).isEqualTo(2);
    assertThat(facet.err()).contains("train.batch was 256, is now 64");
  }

  @Test
  void whatDecidesWhichModelIsTheBestStaysAsItWas() throws IOException {
    facet.startRun();
    assertThat(facet.train("--resume", "--set", "eval.batch=8", "--set", "eval.gallery=0"))
        .isZero();
    for (String setting :
        List.of(
            "data.eval_split=val",
            "eval.ties=mid",
            "eval.identical_captions=strict",
            "eval.resize_mode=squash",
            "eval.interpolation=bilinear")) {
      assertThat(facet.train("--resume", "--set", setting)).as(setting).isEqualTo(2);
      assertThat(facet.err()).contains(setting.substring(0, setting.indexOf('=')) + " was ");
    }
  }

  @Test
  @Timeout(60) // a process that was started with Ctrl-C ignored would wait for ever
  void ctrlCStopsTheRunAndTellsHowToGoOn() {
    facet.work.duringTraining =
        () -> {
          // The handler runs on a thread of its own: wait until it has.
          ProcessHandle self = ProcessHandle.current();
          try {
            new ProcessBuilder("kill", "-INT", Long.toString(self.pid())).start().waitFor();
            while (!facet.err().contains("stopping")) {
              if (Thread.interrupted()) {
                throw new InterruptedException("the signal did not arrive");
              }
              Thread.onSpinWait();
            }
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    assertThat(facet.train()).isEqualTo(130);
    assertThat(facet.work.stopSeen).isTrue();
    assertThat(facet.err()).contains("continue with the same command and --resume");
  }
}
