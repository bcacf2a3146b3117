/** Training a model: what is made smaller, and how weights follow. */
@NullMarked
package dev.facet.model.training;

import org.jspecify.annotations.NullMarked;
