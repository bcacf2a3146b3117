@NullMarked
package dev.facet.eval.zeroshot;

import org.jspecify.annotations.NullMarked;
