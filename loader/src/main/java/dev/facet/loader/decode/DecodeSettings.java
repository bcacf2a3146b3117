package dev.facet.loader.decode;

/**
 * What pictures are accepted and how they are read.
 *
 * @param maxPixels width x height above which a picture is refused from its header
 * @param maxBytes encoded size above which a picture is refused unread
 * @param allowTruncated whether a picture that was cut off is used as far as it goes
 * @param background 0xRRGGBB beneath transparent parts
 * @param iccProfiles whether embedded colour profiles are converted to sRGB; else they are ignored
 */
public record DecodeSettings(
    long maxPixels, long maxBytes, boolean allowTruncated, int background, boolean iccProfiles) {

  /** 25 megapixels, 64 MiB, whole pictures, on black, profiles ignored. */
  public static final DecodeSettings DEFAULT =
      new DecodeSettings(25_000_000, 64L << 20, false, 0, false);
}
