/** What there is to prepare, dealt into parts that are done one by one. */
@NullMarked
package dev.facet.prepare.plan;

import org.jspecify.annotations.NullMarked;
