/** Which CUDA devices this machine has, as its driver says, whatever libtorch was built for. */
@NullMarked
package dev.facet.model.cuda;

import org.jspecify.annotations.NullMarked;
