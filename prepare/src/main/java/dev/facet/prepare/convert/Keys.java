package dev.facet.prepare.convert;

import java.util.Locale;

/** Names of samples without a dot: the number of a file, and of the sample in it. */
final class Keys {
  private Keys() {}

  static String of(int file, int sample, int samplesPerFile) {
    int digits = Math.max(1, Integer.toString(samplesPerFile - 1).length());
    return String.format(Locale.ROOT, "%05d%0" + digits + "d", file, sample);
  }
}
