package dev.facet.cli.settings;

import dev.facet.base.FixedOnResume;
import dev.facet.base.Range;
import dev.facet.model.adapt.Lora;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Low-rank maps that learn in place of the weights. */
public record LoraConfig(
    @FixedOnResume @Range(min = 0, max = 1024) int rank,
    @FixedOnResume @Range(above = 0, max = 65_536) double alpha,
    @FixedOnResume @Range(min = 0, below = 1) double dropout,
    @FixedOnResume List<String> targets,
    @FixedOnResume List<String> train) {

  /** These settings as a model takes them; null if they are off. */
  @Nullable Lora wanted() {
    return rank == 0 ? null : new Lora(rank, alpha, dropout, targets, train);
  }
}
