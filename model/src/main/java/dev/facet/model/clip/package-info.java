/** CLIP: sizes, towers, and what its files call them. */
@NullMarked
package dev.facet.model.clip;

import org.jspecify.annotations.NullMarked;
