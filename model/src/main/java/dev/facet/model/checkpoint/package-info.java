/** Folders of models, in and out: which architecture, which names, does it fit. */
@NullMarked
package dev.facet.model.checkpoint;

import org.jspecify.annotations.NullMarked;
