package dev.facet.loader.decode;

import dev.facet.augment.memory.NativeMemory;
import dev.facet.augment.memory.Pixels;
import dev.facet.loader.header.PngHeader;
import java.lang.foreign.ValueLayout;
import org.bytedeco.opencv.global.opencv_core;

/**
 * Puts what may be transparent on a colour: level times alpha plus background times the rest, 8
 * bits per channel; of 16 the higher ones count.
 */
final class AlphaBackground {
  private final int red;
  private final int green;
  private final int blue;

  /** A colour as 0xRRGGBB. */
  AlphaBackground(int rgb) {
    red = rgb >> 16 & 0xff;
    green = rgb >> 8 & 0xff;
    blue = rgb & 0xff;
  }

  /** Writes one pixel as three bytes. */
  void put(long address, int r, int g, int b, int alpha) {
    NativeMemory.ALL.set(ValueLayout.JAVA_BYTE, address, over(r, red, alpha));
    NativeMemory.ALL.set(ValueLayout.JAVA_BYTE, address + 1, over(g, green, alpha));
    NativeMemory.ALL.set(ValueLayout.JAVA_BYTE, address + 2, over(b, blue, alpha));
  }

  /** Writes one pixel whose levels are multiplied by its alpha already. */
  void add(long address, int r, int g, int b, int alpha) {
    put(
        address,
        Math.min(255, r + (red * (255 - alpha) + 127) / 255),
        Math.min(255, g + (green * (255 - alpha) + 127) / 255),
        Math.min(255, b + (blue * (255 - alpha) + 127) / 255),
        255);
  }

  private static byte over(int level, int ground, int alpha) {
    return (byte) ((level * alpha + ground * (255 - alpha) + 127) / 255);
  }

  /**
   * Writes a picture as OpenCV delivers it, in the order blue, green, red, alpha.
   *
   * @param key the 16-bit value or values that are transparent, as {@code red << 32 | green << 16 |
   *     blue}; or {@link PngHeader#NO_KEY}
   * @param target of the same size
   * @return false if the kind of pixels is none that holds all of the transparency
   */
  boolean compose(long from, int type, long stride, long key, Pixels target) {
    int channels = (type >> opencv_core.CV_CN_SHIFT) + 1;
    int depth = type & (opencv_core.CV_DEPTH_MAX - 1);
    boolean wide = depth == opencv_core.CV_16U;
    boolean complete = channels == 4 || (wide ? key != PngHeader.NO_KEY : channels == 3);
    if ((!wide && depth != opencv_core.CV_8U) || !complete) {
      return false;
    }
    int bytes = channels * (wide ? 2 : 1);
    for (int y = 0; y < target.height(); y++) {
      long pixel = from + y * stride;
      long to = target.address() + y * target.stride();
      for (int x = 0; x < target.width(); x++, pixel += bytes, to += 3) {
        if (wide) {
          putWide(pixel, channels, key, to);
        } else {
          put(to, u8(pixel + 2), u8(pixel + 1), u8(pixel), channels == 4 ? u8(pixel + 3) : 255);
        }
      }
    }
    return true;
  }

  private void putWide(long pixel, int channels, long key, long to) {
    int b = u16(pixel);
    int g = channels == 1 ? b : u16(pixel + 2);
    int r = channels == 1 ? b : u16(pixel + 4);
    int alpha;
    if (channels == 4) {
      alpha = u16(pixel + 6) >> 8;
    } else {
      alpha = ((long) r << 32 | (long) g << 16 | b) == key ? 0 : 255;
    }
    put(to, r >> 8, g >> 8, b >> 8, alpha);
  }

  private static int u8(long address) {
    return NativeMemory.ALL.get(ValueLayout.JAVA_BYTE, address) & 0xff;
  }

  private static int u16(long address) {
    return NativeMemory.ALL.get(ValueLayout.JAVA_SHORT, address) & 0xffff;
  }
}
