/**
 * From decoded pixels to the square: fast for training, with Pillow's arithmetic for evaluation.
 */
@NullMarked
package dev.facet.augment.resample;

import org.jspecify.annotations.NullMarked;
