package dev.facet.prepare.synth;

import dev.facet.base.FacetException;
import java.nio.file.Path;

/**
 * Which pictures to draw.
 *
 * @param out folder of shards to make; must not exist
 * @param count pictures
 * @param seed same seed and count, same bytes
 * @param testShare share of the pictures in the split {@code test}; the others are {@code train}
 * @param threads that draw; has no influence on the result
 * @param command for the manifest: what the user typed
 */
public record SynthSettings(
    Path out, int count, long seed, double testShare, int threads, String command) {

  /** Refuses what cannot be drawn. */
  public SynthSettings {
    if (count < 1) {
      throw FacetException.usage("cannot draw " + count + " pictures: ask for at least 1");
    }
    if (!(testShare >= 0 && testShare <= 1)) {
      throw FacetException.usage(
          "test share " + testShare + " is not between 0 and 1: 0.1 puts a tenth into `test`");
    }
    if (threads < 1) {
      throw FacetException.usage("cannot draw with " + threads + " threads: give at least 1");
    }
  }
}
