package dev.facet.loader.picture;

import dev.facet.augment.Augmentation;
import dev.facet.loader.decode.DecodeSettings;
import java.util.List;

/**
 * What a picture becomes.
 *
 * @param size side of the square result, in pixels
 * @param augment random variation, or {@link Augmentation#evaluation}
 * @param mean per channel (R, G, B) of pixels in [0, 1], subtracted by the colour matrix
 * @param std per channel, divided by
 * @param decode which pictures are accepted, and how they are read
 * @param boxSpace what the numbers of face boxes refer to
 * @param pixels what the batches hold
 */
public record ImageSettings(
    int size,
    Augmentation augment,
    List<Double> mean,
    List<Double> std,
    DecodeSettings decode,
    BoxSpace boxSpace,
    PixelType pixels)
    implements PictureInput {

  /** The statistics OpenAI's CLIP was trained with (openai/CLIP, clip.py). */
  public static final List<Double> CLIP_MEAN = List.of(0.48145466, 0.4578275, 0.40821073);

  public static final List<Double> CLIP_STD = List.of(0.26862954, 0.26130258, 0.27577711);

  @Override
  public long bytes() {
    return (long) pixels.bytesPerPixel() * size * size;
  }

  @Override
  public String text() {
    return "pictures of " + size + "x" + size + " pixels";
  }

  /** Colours as they are, for pictures that people look at. */
  public static ImageSettings plain(
      int size, Augmentation augment, DecodeSettings decode, BoxSpace boxSpace) {
    return new ImageSettings(
        size,
        augment,
        List.of(0.0, 0.0, 0.0),
        List.of(1.0, 1.0, 1.0),
        decode,
        boxSpace,
        PixelType.UINT8);
  }

  /** The same with pictures varied in another way. */
  public ImageSettings with(Augmentation otherwise) {
    return new ImageSettings(size, otherwise, mean, std, decode, boxSpace, pixels);
  }

  /** The usual limits, upright boxes, bytes. */
  public ImageSettings(int size, Augmentation augment, List<Double> mean, List<Double> std) {
    this(size, augment, mean, std, DecodeSettings.DEFAULT, BoxSpace.DISPLAYED, PixelType.UINT8);
  }
}
