package dev.facet.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleChecksTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          train.epochs=3 train.max_steps=9 | train.max_steps 9 and train.epochs 3 all say how long the run is
          train.samples=900 train.max_steps=9 | keep one, and set train.samples=null
          train.warmup_steps=3 train.warmup_epochs=0.5 | train.warmup_epochs 0.5 and train.warmup_steps 3
          train.min_lr=1e-3 | train.min_lr is 0.001, more than the peak train.lr 5.0E-4
          train.schedule=constant train.min_lr=1e-5 | no effect with train.schedule constant
          train.schedule=constant_cooldown | train.schedule is constant_cooldown; it expects one of
          train.samples=100 train.batch=101 | train.samples is 100, which is not one batch
          train.schedule=constant-cooldown train.cooldown=0.95 train.max_steps=40 train.warmup_steps=9 | train.cooldown asks for 38 steps and train.warmup_steps for 9 before
          """)
  void whatDoesNotGoTogetherIsRefusedWithItsCure(String assignments, String message) {
    assertThatThrownBy(() -> load(assignments.split(" ")))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aRunMayBeMadeLongerOnResumeInOtherWords() {
    Config before = load("train.max_steps=200", "train.schedule=constant-cooldown");
    Resume.check(
        before,
        load("train.samples=90000", "train.schedule=constant-cooldown", "train.cooldown=0.1"));
    assertThatThrownBy(() -> Resume.check(before, load("train.max_steps=200")))
        .hasMessageContaining("train.schedule was constant-cooldown, is now cosine");
    assertThat(before.train().length().maxSteps()).isEqualTo(200);
  }

  private static Config load(String... assignments) {
    List<String> all =
        Arrays.asList("data.root=faces", "data.synth_pictures=1000", "data.synth_test=0.08");
    return Config.loadForTraining(
        null,
        java.util.stream.Stream.concat(all.stream(), Arrays.stream(assignments))
            .map(Assignment::parse)
            .toList());
  }
}
