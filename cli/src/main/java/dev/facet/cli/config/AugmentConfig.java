package dev.facet.cli.config;

import dev.facet.augment.AugmentSettings;
import dev.facet.base.Interval;
import dev.facet.base.Range;

/** How training pictures vary; evaluation uses {@code boxMargin} alone. */
public record AugmentConfig(
    @FixedOnResume @Range(min = 0, max = 10) double boxMargin,
    @FixedOnResume @Range(above = 0, max = 1) Interval cropScale,
    @FixedOnResume @Range(above = 0, max = 10) Interval cropRatio,
    @FixedOnResume @Range(min = 0, max = 1) double flip,
    @FixedOnResume @Range(min = 0, max = 1) double brightness,
    @FixedOnResume @Range(min = 0, max = 1) double contrast,
    @FixedOnResume @Range(min = 0, max = 1) double saturation,
    @FixedOnResume @Range(min = 0, max = 0.5) double hue,
    @FixedOnResume @Range(min = 0, max = 1) double grey) {

  /** These settings as the pixel code takes them. */
  public AugmentSettings settings() {
    return new AugmentSettings(
        boxMargin,
        cropScale.min(),
        cropScale.max(),
        cropRatio.min(),
        cropRatio.max(),
        flip,
        brightness,
        contrast,
        saturation,
        hue,
        grey);
  }
}
