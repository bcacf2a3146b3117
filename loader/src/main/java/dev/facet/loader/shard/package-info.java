@NullMarked
package dev.facet.loader.shard;

import org.jspecify.annotations.NullMarked;
