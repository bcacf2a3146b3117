@NullMarked
package dev.facet.eval.report;

import org.jspecify.annotations.NullMarked;
