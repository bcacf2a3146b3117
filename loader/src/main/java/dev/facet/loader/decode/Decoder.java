package dev.facet.loader.decode;

import dev.facet.augment.Pixels;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One way from encoded bytes to RGB. Used by one thread at a time. */
interface Decoder extends AutoCloseable {
  /**
   * Decodes a picture as stored, without turning it; transparent parts on black.
   *
   * @param reduction 1, 2, 4 or 8: shrink by this factor if that is cheaper than decoding in full
   * @return pixels that are valid until the next call; null if this decoder refuses the picture
   */
  @Nullable Pixels decode(ByteBuffer image, ImageHeader header, int reduction);

  @Override
  void close();
}
