/** What came of a preparation, as a page to look at. */
@NullMarked
package dev.facet.prepare.page;

import org.jspecify.annotations.NullMarked;
