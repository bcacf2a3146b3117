package dev.facet.loader.decode;

import dev.facet.augment.memory.NativeMemory;
import dev.facet.augment.memory.Pixels;
import dev.facet.base.Rgb;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.EncodedImage;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the decoder makes of a small picture, pixel by pixel. */
final class Seen {
  private Seen() {}

  /** Pixels as stored, row by row: six hexadecimal digits each; transparent parts on black. */
  static List<String> pixels(byte[] file) throws BadSampleException {
    return pixels(file, settings(0, false));
  }

  static DecodeSettings settings(int background, boolean allowTruncated) {
    return new DecodeSettings(1_000_000, 1 << 22, allowTruncated, Rgb.of(background), false);
  }

  static List<String> pixels(byte[] file, DecodeSettings settings) throws BadSampleException {
    EncodedImage image = EncodedImage.of(file);
    try (PictureDecoder decoder = new PictureDecoder(settings)) {
      Pixels pixels = decoder.decode(image, decoder.inspect(image), 1);
      List<String> seen = new ArrayList<>();
      for (int i = 0; i < pixels.width() * pixels.height(); i++) {
        long at =
            pixels.address() + i / pixels.width() * pixels.stride() + 3L * (i % pixels.width());
        seen.add(
            String.format(Locale.ROOT, "%02x%02x%02x", level(at), level(at + 1), level(at + 2)));
      }
      return seen;
    }
  }

  private static int level(long address) {
    return NativeMemory.ALL.get(ValueLayout.JAVA_BYTE, address) & 0xff;
  }
}
