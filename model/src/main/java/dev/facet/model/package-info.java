@NullMarked
package dev.facet.model;

import org.jspecify.annotations.NullMarked;
