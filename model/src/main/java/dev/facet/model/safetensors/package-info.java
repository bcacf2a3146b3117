@NullMarked
package dev.facet.model.safetensors;

import org.jspecify.annotations.NullMarked;
