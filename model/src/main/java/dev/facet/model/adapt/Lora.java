package dev.facet.model.adapt;

import java.util.List;

/**
 * Low-rank adaptation (Hu et al. 2022, "LoRA: low-rank adaptation of large language models",
 * section 4.1): beside a frozen linear map W stands {@code alpha / rank * B A}, of which A and B
 * learn.
 *
 * @param rank rows of A and columns of B
 * @param dropout share of the features that A does not see in training
 * @param targets patterns of the linear maps' names inside blocks, without {@code .weight}
 * @param train patterns of the weights that learn as they are
 */
public record Lora(
    int rank, double alpha, double dropout, List<String> targets, List<String> train) {}
