/** TorchScript archives, which any libtorch opens, written without Python. */
@NullMarked
package dev.facet.model.torchscript;

import org.jspecify.annotations.NullMarked;
