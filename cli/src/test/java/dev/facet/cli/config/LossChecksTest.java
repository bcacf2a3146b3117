package dev.facet.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.model.ops.Duplicates;
import dev.facet.train.TrainSettings;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

final class LossChecksTest {
  @Test
  void aBatchGoesThroughTheModelInAsManyPartsAsAsked() {
    assertThat(load().parts()).isEqualTo(1);
    assertThat(load("train.batch=32768", "train.micro_batch=256").parts()).isEqualTo(128);
    assertThat(load("train.duplicates=share").loss().duplicates()).isEqualTo(Duplicates.SHARE);
  }

  @Test
  void aMicroBatchThatDoesNotDivideIsRefusedWithThoseThatDo() {
    refused("train.batch=256", "train.micro_batch=48")
        .hasMessageContaining("train.micro_batch 48 does not divide train.batch 256")
        .hasMessageContaining("nearest that do: 32 and 64");
    refused("train.batch=256", "train.micro_batch=300")
        .hasMessageContaining("nearest that do: 256");
  }

  @Test
  void aBatchThatReplicasCannotShareIsRefusedWithThoseThatCan() {
    refused("train.batch=256", "train.replicas=3")
        .hasMessageContaining("train.replicas 3 does not divide train.batch 256")
        .hasMessageContaining("nearest that do: 2 and 4");
    refused("train.batch=256", "train.replicas=2", "train.micro_batch=256")
        .hasMessageContaining("does not divide 128, the share of each of train.replicas 2")
        .hasMessageContaining("nearest that do: 128");
    TrainSettings shared = load("train.batch=256", "train.replicas=2", "train.micro_batch=32");
    assertThat(shared.parts()).isEqualTo(4);
    assertThat(shared.atOnce()).isEqualTo(32);
  }

  @Test
  void aLogitScaleAboveItsLimitIsRefused() {
    refused("train.logit_scale=120")
        .hasMessageContaining("train.logit_scale 120.0 lies above train.max_logit_scale 100.0");
    load("train.logit_scale=120", "train.max_logit_scale=200");
  }

  @Test
  void aShareOfNoTeacherIsRefused() {
    refused("train.distillation=0.9").hasMessageContaining("name its folder in train.teacher");
    load("train.distillation=0.9", "train.teacher=clip");
  }

  @Test
  void flipsOwnObjectiveTakesNoneOfThese() {
    for (String each :
        new String[] {
          "train.micro_batch=64",
          "train.replicas=2",
          "train.duplicates=share",
          "train.label_smoothing=0.1",
          "train.teacher=flip"
        }) {
      String key = each.substring(0, each.indexOf('='));
      refused("train.objective=flip", "model.init=flip", each)
          .hasMessageContaining(key + " serves train.objective contrastive only");
    }
  }

  private static TrainSettings load(String... assignments) {
    return Config.loadForTraining(
            null,
            Stream.concat(Stream.of("data.root=faces"), Stream.of(assignments))
                .map(Assignment::parse)
                .toList())
        .train();
  }

  private static AbstractThrowableAssert<?, ?> refused(String... assignments) {
    return assertThatThrownBy(() -> load(assignments)).isInstanceOf(FacetException.class);
  }
}
