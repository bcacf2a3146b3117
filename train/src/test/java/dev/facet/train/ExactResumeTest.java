package dev.facet.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import dev.facet.train.schedule.ScheduleKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On a CPU in float32. */
class ExactResumeTest {
  private static final String LAST = "checkpoints/step-00000008/";

  @TempDir Path folder;

  /** What a run may have that has to be remembered, or drawn again as it was. */
  enum Option {
    NOTHING {
      @Override
      void set(TinyRun run) {}
    },
    AVERAGES {
      @Override
      void set(TinyRun run) {
        run.ema = 0.9;
      }
    },
    BATCHES_IN_PARTS {
      @Override
      void set(TinyRun run) {
        run.microBatch = 4;
      }
    },
    REPLICAS {
      @Override
      void set(TinyRun run) {
        run.replicas = 2;
        run.microBatch = 4;
      }
    },
    DROPPED_PATCHES {
      @Override
      void set(TinyRun run) {
        run.siglip = true;
        run.patchDropout = 0.5;
      }
    },
    FLIP {
      @Override
      void set(TinyRun run) {
        run.flip();
      }
    },
    LINEAR {
      @Override
      void set(TinyRun run) {
        run.schedule = ScheduleKind.LINEAR;
      }
    },
    CONSTANT {
      @Override
      void set(TinyRun run) {
        run.schedule = ScheduleKind.CONSTANT;
      }
    },
    COOLDOWN {
      @Override
      void set(TinyRun run) {
        run.schedule = ScheduleKind.CONSTANT_COOLDOWN;
      }
    },
    REFUSED_STEP {
      @Override
      void set(TinyRun run) {
        run.ema = 0.9;
        float[][] kept = new float[1][];
        run.afterStep =
            step -> {
              NDArray weight =
                  Objects.requireNonNull(
                      run.models.getFirst().weights().get("visual_projection.weight"));
              if (step == 4) {
                kept[0] = weight.toFloatArray();
                weight.set(new NDIndex("..."), Float.NaN);
              } else if (step == 5) {
                weight.set(kept[0]);
              }
            };
      }
    };

    abstract void set(TinyRun run);
  }

  @ParameterizedTest
  @EnumSource
  void aRunThatWasStoppedTwiceEndsInTheLossesAndBytesOfOneThatWasNot(Option option)
      throws Exception {
    TinyRun whole = run("whole", option);
    whole.run(false);
    for (int steps : new int[] {2, 5}) {
      TinyRun part = run("stopped", option);
      part.stopAfter = steps;
      assertThat(part.run(true).finished()).isFalse();
    }
    TinyRun rest = run("stopped", option);
    assertThat(rest.run(true).finished()).isTrue();
    assertThat(rest.losses()).hasSize(8).isEqualTo(whole.losses());
    for (String file : List.of("model.safetensors", "optimizer.safetensors", "state.json")) {
      assertThat(rest.dir().resolve(LAST + file))
          .hasSameBinaryContentAs(whole.dir().resolve(LAST + file));
    }
  }

  private TinyRun run(String name, Option option) throws IOException {
    TinyRun run = new TinyRun(Files.createDirectories(folder.resolve(name)), 2, 1e-3);
    option.set(run);
    return run;
  }
}
