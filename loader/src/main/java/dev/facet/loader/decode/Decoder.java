package dev.facet.loader.decode;

import dev.facet.augment.memory.Pixels;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.header.ImageHeader;
import org.jspecify.annotations.Nullable;

/** One way from encoded bytes to RGB. Used by one thread at a time. */
interface Decoder extends AutoCloseable {
  /**
   * Decodes a picture as stored, without turning it; transparent parts on the background.
   *
   * @param reduction 1, 2, 4 or 8: shrink by this factor if that is cheaper than decoding in full
   * @param wanted left, top, right, bottom of what is needed, in stored full-size pixels; null: all
   * @return pixels that are valid until the next call, and that say what they show; null if this
   *     decoder refuses the picture
   * @throws BadSampleException TOO_LARGE if memory does not suffice for this picture
   */
  @Nullable Pixels decode(
      EncodedImage image, ImageHeader header, int reduction, int @Nullable [] wanted)
      throws BadSampleException;

  /** The library behind it, for people. */
  String library();

  @Override
  void close();
}
