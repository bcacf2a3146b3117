package dev.facet.loader.decode;

import dev.facet.base.FixedOnResume;
import dev.facet.base.Range;
import dev.facet.base.Rgb;

/**
 * What pictures are accepted and how they are read.
 *
 * @param maxPixels width x height above which a picture is refused from its header
 * @param maxBytes encoded size above which a picture is refused unread
 * @param allowTruncated whether a picture that was cut off is used as far as it goes
 * @param background beneath transparent parts
 * @param iccProfiles whether embedded colour profiles are converted to sRGB; else they are ignored
 */
public record DecodeSettings(
    @FixedOnResume @Range(min = 1, max = 1_000_000_000) long maxPixels,
    @FixedOnResume @Range(min = 1, max = 64L << 20) long maxBytes,
    @FixedOnResume boolean allowTruncated,
    @FixedOnResume @Range(min = 0, max = 255) Rgb background,
    @FixedOnResume boolean iccProfiles) {

  /** 25 megapixels, 64 MiB, whole pictures, on black, profiles ignored. */
  public static final DecodeSettings DEFAULT =
      new DecodeSettings(25_000_000, 64L << 20, false, Rgb.of(0), false);
}
