package dev.facet.loader.decode;

import dev.facet.augment.memory.NativeMemory;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.header.PngHeader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * What decoders get in place of a file that would mislead them: a PNG with nothing but its pixels,
 * a JPEG that was cut off with an end. One copy at a time.
 */
final class PixelBytes implements AutoCloseable {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final int FRAME_OF_CHUNK = 12;

  private final Scratch scratch = new Scratch();
  private final EncodedImage copy = new EncodedImage();
  private boolean cutOff;

  /**
   * Copies the chunks that make up the (first) picture. Libraries unpack compressed text of any
   * size, print their opinion of colour profiles, and mistake animations of 16 bits; a damaged end
   * chunk is made good.
   */
  EncodedImage png(EncodedImage image) {
    // A little more than the picture: an end chunk where there is none.
    long to = scratch.atLeast((long) image.length() + 2 * FRAME_OF_CHUNK);
    MemorySegment.copy(image.memory(), image.offset(), NativeMemory.ALL, to, 8);
    int length = 8;
    int at = 8;
    for (; PngHeader.isChunk(image, at); at = PngHeader.after(image, at)) {
      if (isPixels((int) image.u32(at + 4))) {
        int bytes = FRAME_OF_CHUNK + PngHeader.length(image, at);
        MemorySegment.copy(
            image.memory(), image.offset() + at, NativeMemory.ALL, to + length, bytes);
        length += bytes;
      }
    }
    int left = image.length() - at - 8;
    cutOff = left > 4 && image.u32(at + 4) == PngHeader.IDAT;
    if (cutOff) {
      NativeMemory.ALL.set(INT, to + length, left);
      MemorySegment.copy(
          image.memory(), image.offset() + at + 4, NativeMemory.ALL, to + length + 4, left + 4L);
      length += 8 + left;
      NativeMemory.ALL.set(INT, to + length, 0); // in place of the checksum
      length += 4;
    }
    NativeMemory.ALL.set(INT, to + length, 0);
    NativeMemory.ALL.set(INT, to + length + 4, PngHeader.IEND);
    NativeMemory.ALL.set(INT, to + length + 8, 0xae426082);
    copy.at(NativeMemory.ALL, to, length + FRAME_OF_CHUNK);
    return copy;
  }

  /** Whether the last PNG ended within its pixel data. */
  boolean cutOff() {
    return cutOff;
  }

  /** Ends a JPEG: decoders fill up what is missing, where else they would wait for more. */
  EncodedImage ended(EncodedImage jpeg) {
    long address = scratch.copy(jpeg, 2);
    NativeMemory.ALL.set(ValueLayout.JAVA_BYTE, address + jpeg.length(), (byte) 0xff);
    NativeMemory.ALL.set(ValueLayout.JAVA_BYTE, address + jpeg.length() + 1, (byte) 0xd9);
    copy.at(NativeMemory.ALL, address, jpeg.length() + 2);
    return copy;
  }

  private static boolean isPixels(int chunk) {
    return switch (chunk) {
      case PngHeader.IHDR, PngHeader.PLTE, PngHeader.TRNS, PngHeader.IDAT -> true;
      default -> false;
    };
  }

  @Override
  public void close() {
    scratch.close();
  }
}
