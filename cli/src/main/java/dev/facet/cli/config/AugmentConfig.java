package dev.facet.cli.config;

import dev.facet.augment.Augmentation;
import dev.facet.augment.Brightness;
import dev.facet.augment.Contrast;
import dev.facet.augment.FaceBox;
import dev.facet.augment.Flip;
import dev.facet.augment.FlipCaptions;
import dev.facet.augment.Grey;
import dev.facet.augment.Hue;
import dev.facet.augment.RandomResizedCrop;
import dev.facet.augment.Saturation;
import dev.facet.base.Interval;
import dev.facet.base.Range;
import java.util.List;

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
  public Augmentation settings() {
    return Augmentation.training(
        List.of(
            new FaceBox(boxMargin),
            new RandomResizedCrop(cropScale, cropRatio),
            new Flip(flip, FlipCaptions.KEEP),
            new Brightness(brightness),
            new Contrast(contrast),
            new Saturation(saturation),
            new Hue(hue),
            new Grey(grey)));
  }
}
