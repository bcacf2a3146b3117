/** What is seen of a picture: frames, the parallelograms they are in the stored picture, boxes. */
@NullMarked
package dev.facet.augment.geometry;

import org.jspecify.annotations.NullMarked;
