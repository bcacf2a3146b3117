/** How a model wants its pictures: size, resizing and statistics, as model folders tell it. */
@NullMarked
package dev.facet.model.pictures;

import org.jspecify.annotations.NullMarked;
