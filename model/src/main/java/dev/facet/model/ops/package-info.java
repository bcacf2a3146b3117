/** Tensor operations DJL does not bind, as TorchScript source compiled by libtorch. */
@NullMarked
package dev.facet.model.ops;

import org.jspecify.annotations.NullMarked;
