@NullMarked
package dev.facet.model.text;

import org.jspecify.annotations.NullMarked;
