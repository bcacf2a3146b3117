/** Lists in JSON, of whatever shape and however broken, object by object. */
@NullMarked
package dev.facet.loader.json;

import org.jspecify.annotations.NullMarked;
