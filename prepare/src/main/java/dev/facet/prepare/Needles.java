package dev.facet.prepare;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Texts that are looked for all at once, by their first eight bytes. Shorter ones, as ids that are
 * row numbers, stand everywhere and say nothing: they are not looked for.
 */
final class Needles {
  private static final int PREFIX = Long.BYTES;

  private final Map<Long, List<byte[]>> byPrefix = new HashMap<>();

  Needles(Set<String> texts) {
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      if (bytes.length >= PREFIX) {
        long prefix = 0;
        for (int i = 0; i < PREFIX; i++) {
          prefix = prefix << Byte.SIZE | (bytes[i] & 0xff);
        }
        byPrefix.computeIfAbsent(prefix, key -> new ArrayList<>()).add(bytes);
      }
    }
  }

  /** Whether one of them occurs. */
  boolean areIn(byte[] bytes) {
    long last = 0;
    for (int end = 1; end <= bytes.length; end++) {
      last = last << Byte.SIZE | (bytes[end - 1] & 0xff);
      int start = end - PREFIX;
      for (byte[] needle : start < 0 ? List.<byte[]>of() : byPrefix.getOrDefault(last, List.of())) {
        if (start + needle.length <= bytes.length
            && Arrays.equals(bytes, start, start + needle.length, needle, 0, needle.length)) {
          return true;
        }
      }
    }
    return false;
  }
}
