/** Token ids of captions that were made beforehand. */
@NullMarked
package dev.facet.loader.token;

import org.jspecify.annotations.NullMarked;
