package dev.facet.loader.text;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text file, with or without a byte order mark. A line that is not of the file's
 * encoding, or longer than any entry, comes as a broken one, and the next line is the next.
 */
public final class LineReader implements Closeable {
  /** Longer ones are no entries. */
  public static final int MOST_BYTES = 16 << 20;

  private final TextEncoding encoding;
  private final InputStream in;
  private final byte[] buffer = new byte[1 << 18];
  private int at;
  private int limit;
  private long number;

  /** UTF-8, unless the file's first bytes say otherwise. */
  public LineReader(Path file) throws IOException {
    this(file, TextEncoding.of(file));
  }

  public LineReader(Path file, TextEncoding encoding) throws IOException {
    this.encoding = encoding;
    InputStream plain = Files.newInputStream(file);
    in = encoding == TextEncoding.UTF_8 ? plain : new Utf8Input(plain, encoding);
  }

  /** The next line; null after the last. */
  public @Nullable Line next() throws IOException {
    ByteArrayOutputStream begun = null; // what earlier buffers held of the line
    boolean tooLong = false;
    while (at < limit || fill()) {
      int end = at;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      boolean ends = end < limit;
      if (ends && begun == null) {
        Line line = line(buffer, at, end - at);
        at = end + 1;
        return line;
      }
      begun = begun == null ? new ByteArrayOutputStream() : begun;
      tooLong |= begun.size() + (long) end - at > MOST_BYTES;
      if (!tooLong) {
        begun.write(buffer, at, end - at);
      }
      at = ends ? end + 1 : end;
      if (ends) {
        break;
      }
    }
    if (begun == null) {
      return null;
    }
    return tooLong
        ? Line.broken(++number, "is longer than " + (MOST_BYTES >> 20) + " MB")
        : line(begun.toByteArray(), 0, begun.size());
  }

  private boolean fill() throws IOException {
    at = 0;
    limit = Math.max(0, in.read(buffer));
    return limit > 0;
  }

  private Line line(byte[] bytes, int from, int count) {
    number++;
    String text = new String(bytes, from, count, StandardCharsets.UTF_8);
    // What cannot be decoded shows as U+FFFD, which a text may also hold by itself.
    if (text.indexOf('\uFFFD') >= 0) {
      if (encoding != TextEncoding.UTF_8) {
        return Line.broken(number, "is not " + encoding.charset());
      }
      int wrong = wrongByte(bytes, from, count);
      if (wrong >= 0) {
        return Line.broken(
            number,
            String.format(
                Locale.ROOT,
                "is not UTF-8 (byte %d of it is 0x%02x)",
                wrong + 1,
                bytes[from + wrong] & 0xff));
      }
    }
    boolean marked = number == 1 && text.startsWith("\uFEFF");
    return Line.of(number, marked ? text.substring(1) : text);
  }

  /** The first byte that is no UTF-8; -1 if all are. */
  public static int wrongByte(byte[] bytes, int from, int count) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer left = ByteBuffer.wrap(bytes, from, count);
    boolean wrong = decoder.decode(left, CharBuffer.allocate(count), true).isError();
    return wrong ? left.position() - from : -1;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
