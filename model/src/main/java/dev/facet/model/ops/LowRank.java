package dev.facet.model.ops;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * Maps beside the linear ones of a transformer block.
 *
 * @param matrices A [R, in] and B [out, R] of query, key, value, out, first and second linear map,
 *     then what each row's dropout follows from, [N] int64 on the CPU; {@link Ops#none} where there
 *     are none
 * @param scale factor on B A
 * @param dropout share of the input that A does not see
 */
public record LowRank(List<NDArray> matrices, double scale, double dropout) {}
