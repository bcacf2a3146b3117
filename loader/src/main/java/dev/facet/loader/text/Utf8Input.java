package dev.facet.loader.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/** A text in another encoding, as UTF-8. What cannot be decoded comes as U+FFFD. */
final class Utf8Input extends InputStream {
  private final Reader text;
  private final char[] characters = new char[1 << 14];
  private byte[] bytes = new byte[0];
  private int at;

  /** A first half of a pair, whose second is in the characters to come. */
  private int kept;

  Utf8Input(InputStream in, TextEncoding encoding) {
    this.text = new InputStreamReader(in, encoding.charset());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    while (at == bytes.length) {
      if (!fill()) {
        return -1;
      }
    }
    int given = Math.min(count, bytes.length - at);
    System.arraycopy(bytes, at, into, offset, given);
    at += given;
    return given;
  }

  private boolean fill() throws IOException {
    int read = text.read(characters, kept, characters.length - kept);
    if (read < 0 && kept == 0) {
      return false;
    }
    int length = kept + Math.max(0, read);
    boolean half = read > 0 && Character.isHighSurrogate(characters[length - 1]);
    kept = half ? 1 : 0;
    bytes = new String(characters, 0, length - kept).getBytes(StandardCharsets.UTF_8);
    characters[0] = characters[length - 1];
    at = 0;
    return true;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
