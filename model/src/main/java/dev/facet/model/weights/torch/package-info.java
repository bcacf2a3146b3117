/** Checkpoints of {@code torch.save}, read without executing anything in them. */
@NullMarked
package dev.facet.model.weights.torch;

import org.jspecify.annotations.NullMarked;
