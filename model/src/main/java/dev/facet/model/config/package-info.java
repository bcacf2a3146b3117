/** The sizes of models as their files describe them: Hugging Face's and open_clip's. */
@NullMarked
package dev.facet.model.config;

import org.jspecify.annotations.NullMarked;
