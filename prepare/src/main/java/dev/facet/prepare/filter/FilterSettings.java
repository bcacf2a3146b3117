package dev.facet.prepare.filter;

import dev.facet.base.FixedOnResume;
import dev.facet.base.Range;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is left out on purpose. Every rule is off by default.
 *
 * @param minSide pixels of a sample's shorter side, before it is resized; below is {@code
 *     low_resolution}; 0 is off
 * @param maxAspect longer side by shorter side of a sample; above is {@code aspect}; 0 is off
 * @param minSharpness variance of the Laplacian; below is {@code blurred}; 0 is off
 * @param dropGrey whether pictures without colour are left out as {@code grey}
 * @param minWords of a caption; below is {@code caption_short}; 0 is off
 * @param maxWords of a caption; above is {@code caption_long}; 0 is off
 * @param minCharacters of a caption; below is {@code caption_short}; 0 is off
 * @param maxCharacters of a caption; above is {@code caption_long}; 0 is off
 * @param scripts in which captions may be written, else they are {@code caption_script}; empty is
 *     off
 * @param scriptShare of a caption's letters that must be of these scripts
 * @param maxRepeats captions that occur more often in the whole are {@code caption_repeated}; 0 is
 *     off
 * @param maxFaces rows with more faces are {@code several_faces}; 0 is off
 * @param minSimilarity cosine of a sample's picture and the best of its captions under {@code
 *     checkpoint}; below is {@code dissimilar}; -1 is off
 * @param checkpoint folder of the model that says how similar they are; null if none is asked
 */
public record FilterSettings(
    @Range(min = 0, max = 65_535) int minSide,
    @Range(min = 0, max = 200) double maxAspect,
    @Range(min = 0, max = 1_000_000) double minSharpness,
    boolean dropGrey,
    @Range(min = 0, max = 1_000_000) int minWords,
    @Range(min = 0, max = 1_000_000) int maxWords,
    @Range(min = 0, max = 10_000_000) int minCharacters,
    @Range(min = 0, max = 10_000_000) int maxCharacters,
    List<Script> scripts,
    @Range(above = 0, max = 1) double scriptShare,
    @Range(min = 0, max = 254) int maxRepeats,
    @Range(min = 0, max = 1000) int maxFaces,
    @Range(min = -1, max = 1) double minSimilarity,
    @FixedOnResume @Nullable Path checkpoint) {

  /** Everything is kept. */
  public static final FilterSettings DEFAULT =
      new FilterSettings(0, 0, 0, false, 0, 0, 0, 0, List.of(), 0.9, 0, 0, -1, null);

  public FilterSettings {
    scripts = List.copyOf(scripts);
  }

  /** Whether a model is asked how well captions fit. */
  public boolean asksModel() {
    return minSimilarity > -1;
  }
}
