package dev.facet.loader.decode;

import dev.facet.augment.memory.NativeMemory;
import dev.facet.augment.memory.Pixels;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Converts pixels from an embedded colour profile to sRGB, with the profile's own rendering intent.
 * Profiles of grey and RGB are applied; damaged ones and those of inks are ignored.
 */
final class ToSrgb {
  private static final ICC_Profile SRGB = ICC_Profile.getInstance(ColorSpace.CS_sRGB);

  // A data set's pictures mostly share one profile.
  private byte[] profile = {};
  private @Nullable ColorConvertOp conversion;
  private int channels;

  /** Converts in place, row by row. */
  void convert(byte[] newProfile, Pixels pixels) {
    if (!Arrays.equals(profile, newProfile)) {
      profile = newProfile;
      conversion = conversion(newProfile);
    }
    if (conversion == null) {
      return;
    }
    WritableRaster from = row(pixels.width(), channels);
    WritableRaster to = row(pixels.width(), 3);
    byte[] levels = new byte[channels * pixels.width()];
    byte[] converted = new byte[3 * pixels.width()];
    for (int y = 0; y < pixels.height(); y++) {
      long address = pixels.address() + y * pixels.stride();
      for (int i = 0; i < levels.length; i++) {
        levels[i] = NativeMemory.ALL.get(ValueLayout.JAVA_BYTE, address + 3L / channels * i);
      }
      from.setDataElements(0, 0, pixels.width(), 1, levels);
      conversion.filter(from, to);
      to.getDataElements(0, 0, pixels.width(), 1, converted);
      for (int i = 0; i < converted.length; i++) {
        NativeMemory.ALL.set(ValueLayout.JAVA_BYTE, address + i, converted[i]);
      }
    }
  }

  private @Nullable ColorConvertOp conversion(byte[] bytes) {
    try {
      ICC_Profile embedded = ICC_Profile.getInstance(bytes);
      channels = embedded.getNumComponents();
      if (channels != 1 && channels != 3) {
        return null;
      }
      ColorConvertOp made = new ColorConvertOp(new ICC_Profile[] {embedded, SRGB}, null);
      // What a profile lacks is found out only when it is used.
      made.filter(row(1, channels), row(1, 3));
      return made;
    } catch (IllegalArgumentException | CMMException e) {
      return null;
    }
  }

  private static WritableRaster row(int width, int channels) {
    return Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, 1, channels, null);
  }
}
