package dev.facet.prepare.fetch;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What comes from a server: lines of a head, then bytes of a body, which are not copied twice. */
final class Input {
  private final InputStream from;
  private final byte[] buffer = new byte[8192];
  private int at;
  private int end;

  Input(InputStream from) {
    this.from = from;
  }

  /** As {@link InputStream#read(byte[], int, int)}. */
  int read(byte[] to, int offset, int length) throws IOException {
    if (at == end) {
      return from.read(to, offset, length);
    }
    int held = Math.min(length, end - at);
    System.arraycopy(buffer, at, to, offset, held);
    at += held;
    return held;
  }

  /**
   * A line, without its end, each byte a letter.
   *
   * @param most bytes it may have
   */
  String line(int most) throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int start = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      line.append(new String(buffer, start, at - start, StandardCharsets.ISO_8859_1));
      if (line.length() > most) {
        throw FetchFailure.lasting(Reason.BAD_ANSWER, "a line of the answer's head has no end");
      }
      if (at < end) {
        at++;
        int length = line.length();
        line.setLength(length > 0 && line.charAt(length - 1) == '\r' ? length - 1 : length);
        return line.toString();
      }
      fill();
    }
  }

  /** Waits for the first byte of an answer. */
  void await() throws IOException {
    if (at == end) {
      fill();
    }
  }

  /** Whether nothing is here that nobody asked for. */
  boolean isEmpty() throws IOException {
    return at == end && from.available() == 0;
  }

  private void fill() throws IOException {
    at = 0;
    end = 0;
    int read = from.read(buffer);
    if (read < 0) {
      throw new EOFException("the connection was closed");
    }
    end = read;
  }
}
