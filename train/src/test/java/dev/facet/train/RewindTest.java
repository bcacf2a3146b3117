package dev.facet.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import dev.facet.base.FacetException;
import dev.facet.model.DualEncoder;
import dev.facet.train.guard.GuardSettings;
import dev.facet.train.guard.RefusedSteps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights become no numbers on the way, as those of a run do that diverges. */
class RewindTest {
  private static final String POISONED = "visual_projection.weight";

  @TempDir Path folder;

  @Test
  void aRunThatIsLostGoesBackToItsLastGoodCheckpointAndOnInAnotherOrder() throws Exception {
    TinyRun sound = new TinyRun(dir("sound"), 4, 1e-3);
    sound.run(false);
    TinyRun lost = poisoned("lost");
    Trainer.Outcome outcome = lost.run(false);
    assertThat(outcome.finished()).isTrue();
    assertThat(outcome.state().guarded().rewinds()).isEqualTo(1);
    assertThat(outcome.state().guarded().refused()).isEqualTo(2);
    assertThat(lost.notes).anyMatch(note -> note.contains("went back to step 6"));
    assertThat(lost.losses()).hasSize(16).allMatch(loss -> Float.isFinite(loss));
    assertThat(lost.losses().subList(0, 6)).isEqualTo(sound.losses().subList(0, 6));
    assertThat(lost.losses().subList(6, 16)).doesNotContainAnyElementsOf(sound.losses());
    List<String> refused = Files.readAllLines(folder.resolve("lost/" + RefusedSteps.FILE));
    assertThat(refused).hasSize(2);
    assertThat(refused.getFirst())
        .startsWith("{\"step\":8,\"rewinds\":0,\"why\":\"the loss is NaN")
        .satisfies(line -> assertThat(line.split(",")).hasSizeGreaterThan(TinyRun.BATCH));
  }

  @Test
  void aRunThatWentBackResumesToTheSameLossesBitForBit() throws Exception {
    TinyRun whole = poisoned("whole");
    whole.run(false);
    TinyRun part = poisoned("part");
    part.stopAfter = 11; // two refused steps, and two after going back to step 6
    assertThat(part.run(false).finished()).isFalse();
    TinyRun rest = new TinyRun(folder.resolve("part"), 4, 1e-3);
    rest.guard = part.guard;
    Trainer.Outcome outcome = rest.run(true);
    assertThat(outcome.state().guarded().rewinds()).isEqualTo(1);
    assertThat(rest.losses()).isEqualTo(whole.losses());
  }

  @Test
  void replicasGoBackTogether() throws Exception {
    TinyRun lost = poisoned("lost");
    lost.replicas = 2;
    Map<Long, Boolean> same = new LinkedHashMap<>();
    LongConsumer poisoning = lost.afterStep;
    lost.afterStep =
        step -> {
          Map<String, float[]> first = new LinkedHashMap<>();
          values(lost.models.getFirst(), first);
          Map<String, float[]> second = new LinkedHashMap<>();
          values(lost.models.getLast(), second);
          same.put(
              step,
              first.entrySet().stream()
                  .allMatch(each -> Arrays.equals(each.getValue(), second.get(each.getKey()))));
          poisoning.accept(step);
        };
    Trainer.Outcome outcome = lost.run(false);
    assertThat(outcome.finished()).isTrue();
    assertThat(outcome.state().guarded().rewinds()).isEqualTo(1);
    assertThat(lost.notes).anyMatch(note -> note.contains("went back to step 6"));
    // The first alone was poisoned after step 7, and its refused step 8 was made again.
    assertThat(same).hasSize(16).allSatisfy((step, alike) -> assertThat(alike).isTrue());
  }

  @Test
  void aRunThatIsLostAgainGoesFurtherBackAndThenEnds() throws Exception {
    TinyRun run = new TinyRun(dir("run"), 4, 1e-3);
    run.guard = new GuardSettings(1, 2, null, 100);
    run.afterStep =
        step -> {
          if (step == 7) {
            poison(run);
          }
        };
    assertThatThrownBy(() -> run.run(false))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("went back train.rewinds = 2 times already")
        .hasMessageContaining("lower train.lr");
    assertThat(run.notes)
        .anyMatch(note -> note.contains("went back to step 6, and on in another order (rewind 1"))
        .anyMatch(note -> note.contains("went back to step 3, and on in another order (rewind 2"));
  }

  @Test
  void aStepThatIsRefusedChangesNothing() throws Exception {
    TinyRun run = new TinyRun(dir("run"), 4, 1e-3);
    Map<String, float[]> before = new LinkedHashMap<>();
    run.afterStep =
        step -> {
          if (step == 7) {
            values(run, before);
            poison(run);
          } else if (step == 8) {
            Map<String, float[]> after = new LinkedHashMap<>();
            values(run, after);
            NDArray weight = Objects.requireNonNull(model(run).weights().get(POISONED));
            weight.set(Objects.requireNonNull(before.get(POISONED)));
            before.remove(POISONED);
            before.forEach((name, value) -> assertThat(after.get(name)).as(name).isEqualTo(value));
          }
        };
    Trainer.Outcome outcome = run.run(false);
    assertThat(outcome.state().guarded().refused()).isEqualTo(1);
    assertThat(outcome.state().guarded().rewinds()).isZero();
    assertThat(run.losses()).hasSize(16).filteredOn(loss -> !Float.isFinite(loss)).hasSize(1);
  }

  /** Becomes lost once, after step 7. */
  private TinyRun poisoned(String name) throws Exception {
    TinyRun run = new TinyRun(dir(name), 4, 1e-3);
    run.guard = new GuardSettings(2, 1, null, 100);
    boolean[] done = new boolean[1];
    run.afterStep =
        step -> {
          if (step == 7 && !done[0]) {
            done[0] = true;
            poison(run);
          }
        };
    return run;
  }

  private Path dir(String name) throws Exception {
    return Files.createDirectory(folder.resolve(name));
  }

  private static void poison(TinyRun run) {
    Objects.requireNonNull(model(run).weights().get(POISONED)).set(new NDIndex("..."), Float.NaN);
  }

  private static void values(TinyRun run, Map<String, float[]> into) {
    values(model(run), into);
  }

  private static void values(DualEncoder model, Map<String, float[]> into) {
    model.weights().forEach((name, weight) -> into.put(name, weight.toFloatArray()));
  }

  private static DualEncoder model(TinyRun run) {
    return run.models.getFirst();
  }
}
