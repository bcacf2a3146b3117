@NullMarked
package dev.facet.model.weights.safetensors;

import org.jspecify.annotations.NullMarked;
