/** The parts of a preparation, made by the machines of an Apache Spark cluster. */
@NullMarked
package dev.facet.spark;

import org.jspecify.annotations.NullMarked;
