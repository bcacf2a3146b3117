package dev.facet.model.text;

import java.nio.charset.StandardCharsets;

/**
 * A printable character for each byte, so that byte-level BPE files are readable text: printable
 * Latin-1 stands for itself, the other bytes take the characters from U+0100 on (Radford et al.
 * 2019, openai/gpt-2, encoder.py, bytes_to_unicode). Ids follow this order too.
 */
final class ByteAlphabet {
  static final int SIZE = 256;

  private static final char[] CHARACTER = new char[SIZE];
  private static final char[] ORDER = new char[SIZE];

  static {
    int id = 0;
    for (int b = 0; b < SIZE; b++) {
      if (isPrintable(b)) {
        CHARACTER[b] = (char) b;
        ORDER[id++] = (char) b;
      }
    }
    char next = 256;
    for (int b = 0; b < SIZE; b++) {
      if (!isPrintable(b)) {
        CHARACTER[b] = next;
        ORDER[id++] = next++;
      }
    }
  }

  private ByteAlphabet() {}

  /** The character of the id-th symbol. */
  static char symbol(int id) {
    return ORDER[id];
  }

  /** A word as its bytes' characters. */
  static String spell(String word) {
    StringBuilder spelled = new StringBuilder();
    for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
      spelled.append(CHARACTER[b & 0xFF]);
    }
    return spelled.toString();
  }

  private static boolean isPrintable(int b) {
    return (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || (b >= 0xAE && b <= 0xFF);
  }
}
