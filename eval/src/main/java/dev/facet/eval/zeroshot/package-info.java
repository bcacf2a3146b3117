/** Attributes of pictures, told by which of several prompts they are nearest to. */
@NullMarked
package dev.facet.eval.zeroshot;

import org.jspecify.annotations.NullMarked;
