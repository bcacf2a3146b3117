/** Shards on their way to disk. */
@NullMarked
package dev.facet.loader.shard.writing;

import org.jspecify.annotations.NullMarked;
