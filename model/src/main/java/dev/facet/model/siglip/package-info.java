/** SigLIP: sizes, towers, and what its files call them. */
@NullMarked
package dev.facet.model.siglip;

import org.jspecify.annotations.NullMarked;
