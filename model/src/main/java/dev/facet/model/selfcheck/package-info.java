/** What a model computes with, held against float64 before a machine is trusted with a run. */
@NullMarked
package dev.facet.model.selfcheck;

import org.jspecify.annotations.NullMarked;
