package dev.facet.prepare;

import dev.facet.base.FixedOnResume;
import dev.facet.base.Range;
import dev.facet.loader.decode.DecodeSettings;
import dev.facet.prepare.caption.CaptionSettings;
import dev.facet.prepare.duplicates.DuplicateSettings;
import dev.facet.prepare.embedding.EmbeddingSettings;
import dev.facet.prepare.face.CropSettings;
import dev.facet.prepare.fetch.FetchSettings;
import dev.facet.prepare.filter.FilterSettings;
import dev.facet.prepare.part.PartSettings;
import dev.facet.prepare.whole.ShardSettings;
import dev.facet.prepare.whole.SplitSettings;

/**
 * All settings of {@code facet prepare}, a section for each step. What each one means, and its
 * default, is said once, in the command line's {@code prepare.yaml}.
 *
 * @param seed of the order of the shards
 * @param threads that decode, cut and encode; 0 means one for each core
 */
public record PrepareSettings(
    @FixedOnResume long seed,
    @Range(min = 0, max = 1024) int threads,
    SourceSettings source,
    EmbeddingSettings embeddings,
    FetchSettings fetch,
    DecodeSettings decode,
    CropSettings crop,
    FilterSettings filter,
    DuplicateSettings duplicates,
    SplitSettings split,
    CaptionSettings captions,
    ShardSettings shards) {

  /** What decides how a row becomes samples. */
  public PartSettings part() {
    return new PartSettings(decode, crop, filter, captions, source.keep());
  }

  /** Threads, one for each core where none are named. */
  public int workers() {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }
}
