package dev.facet.cli.request;

import dev.facet.cli.config.Config;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A contact sheet of how training pictures vary.
 *
 * @param split to draw from, null for the one that is trained on
 * @param pictures how many to draw, each beside its variations
 * @param out PNG file to write
 */
public record AugmentRequest(Config config, @Nullable String split, int pictures, Path out) {
  /** More would make a sheet that no viewer opens. */
  public static final int MOST_PICTURES = 64;
}
