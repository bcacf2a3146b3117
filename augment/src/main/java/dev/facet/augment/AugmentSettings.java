package dev.facet.augment;

/**
 * How a picture varies from epoch to epoch. {@link #none} is evaluation: crop by box where there is
 * one, then the centre, no colour change.
 *
 * @param boxMargin how far a face box is widened before cropping, as a share of its longer side on
 *     each side; the crop is square
 * @param cropScaleMin smallest area of the random resized crop, as a share of the whole
 * @param cropScaleMax largest area of the random resized crop
 * @param ratioMin smallest width / height of the random resized crop
 * @param ratioMax largest width / height of the random resized crop
 * @param flip probability of a horizontal flip
 * @param brightness factor drawn from [1 - b, 1 + b]
 * @param contrast factor drawn from [1 - c, 1 + c], around the mean grey of the picture
 * @param saturation factor drawn from [1 - s, 1 + s]
 * @param hue rotation drawn from [-h, h], in turns (0.5 is half the colour circle)
 * @param grey probability of dropping all colour
 */
public record AugmentSettings(
    double boxMargin,
    double cropScaleMin,
    double cropScaleMax,
    double ratioMin,
    double ratioMax,
    double flip,
    double brightness,
    double contrast,
    double saturation,
    double hue,
    double grey) {

  /** No randomness: what evaluation uses, with this margin around face boxes. */
  public static AugmentSettings none(double boxMargin) {
    return new AugmentSettings(boxMargin, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0);
  }
}
