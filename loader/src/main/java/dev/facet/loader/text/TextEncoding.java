package dev.facet.loader.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How the characters of a text file are written. UTF-16 and UTF-32 are told by their byte order
 * mark, UTF-16 also by its zero bytes, as the names and separators of a list are ASCII.
 */
public enum TextEncoding {
  UTF_8(StandardCharsets.UTF_8),
  UTF_16LE(StandardCharsets.UTF_16LE),
  UTF_16BE(StandardCharsets.UTF_16BE),
  UTF_32LE(StandardCharsets.UTF_32LE),
  UTF_32BE(StandardCharsets.UTF_32BE),
  /** Of Western Europe, as Excel writes it; told only by {@link #ofTable}. */
  WINDOWS_1252(Charset.forName("windows-1252"));

  /** As many bytes of a file's begin as are looked at for zeros. */
  private static final int BEGIN = 4096;

  private final Charset charset;

  TextEncoding(Charset charset) {
    this.charset = charset;
  }

  Charset charset() {
    return charset;
  }

  /** By a text's first bytes. */
  public static TextEncoding of(byte[] begin, int length) {
    if (starts(begin, length, 0xff, 0xfe, 0, 0)) {
      return UTF_32LE;
    } else if (starts(begin, length, 0, 0, 0xfe, 0xff)) {
      return UTF_32BE;
    } else if (starts(begin, length, 0xff, 0xfe)) {
      return UTF_16LE;
    } else if (starts(begin, length, 0xfe, 0xff)) {
      return UTF_16BE;
    }
    int pairs = Math.min(length, BEGIN) / 2;
    int even = 0;
    int odd = 0;
    for (int i = 0; i < 2 * pairs; i += 2) {
      even += begin[i] == 0 ? 1 : 0;
      odd += begin[i + 1] == 0 ? 1 : 0;
    }
    // Half the characters or more are of the Latin alphabet, whose upper byte is zero; a lower byte
    // seldom is.
    if (odd > 0 && 2 * odd >= pairs && 20 * even <= odd) {
      return UTF_16LE;
    }
    return even > 0 && 2 * even >= pairs && 20 * odd <= even ? UTF_16BE : UTF_8;
  }

  /** By a file's first bytes. */
  public static TextEncoding of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] begin = in.readNBytes(BEGIN);
      return of(begin, begin.length);
    }
  }

  /**
   * By all of a file: where it is not UTF-8 but could be Windows-1252, it is that. It could be if
   * no two bytes make a letter of UTF-8, none is a control character or without a meaning, and most
   * letters are ASCII, as they are not in another alphabet that is written in single bytes.
   */
  static TextEncoding ofTable(Path file) throws IOException {
    TextEncoding begin = of(file);
    if (begin != UTF_8) {
      return begin;
    }
    long ascii = 0; // letters
    long high = 0; // letters beyond ASCII, as in other alphabets most bytes from here on are
    boolean others = false;
    int before = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (int i = 0; i < read; i++) {
          int next = buffer[i] & 0xff;
          boolean pair = before >= 0xc2 && next >= 0x80 && next < 0xc0;
          if (pair || isNoCharacter(next)) {
            return UTF_8;
          }
          ascii += next < 0x80 && Character.isLetter(next) ? 1 : 0;
          high += next >= 0xc0 ? 1 : 0;
          others |= next >= 0x80;
          before = next;
        }
      }
    }
    return others && ascii > 3 * high ? WINDOWS_1252 : UTF_8;
  }

  /** Of Windows-1252: control characters, and the five bytes that have no meaning. */
  private static boolean isNoCharacter(int next) {
    return switch (next) {
      case '\t', '\n', '\r' -> false;
      case 0x81, 0x8d, 0x8f, 0x90, 0x9d -> true;
      default -> next < ' ' || next == 0x7f;
    };
  }

  /** The text of bytes that were read; without a byte order mark. */
  public String decode(byte[] bytes) {
    String text = new String(bytes, charset);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static boolean starts(byte[] begin, int length, int... mark) {
    if (length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((begin[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
