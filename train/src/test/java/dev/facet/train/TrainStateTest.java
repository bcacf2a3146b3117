package dev.facet.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.facet.base.Json;
import dev.facet.train.guard.Guarded;
import org.junit.jupiter.api.Test;

final class TrainStateTest {
  @Test
  void aCheckpointFromBeforeStepsWereRefusedGoesOn() throws JsonProcessingException {
    TrainState state =
        Json.LINE.readValue(
            """
            {"step": 7, "epoch": 1, "samples": 64, "skipped": 2, "best_recall": 0.5,
             "best_step": 5, "layout": 3}
            """,
            TrainState.class);
    assertThat(state.guarded()).isEqualTo(Guarded.NOTHING);
    assertThat(state.step()).isEqualTo(7);
  }
}
