package dev.facet.prepare.fetch;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a body, as far as it may go. */
final class BodyReader {
  /** Taken before anything came, and on a server's word at most. */
  private static final int FIRST_BYTES = 16 << 10;

  private static final int TRUSTED_BYTES = 64 << 10;

  private final long maxBytes;

  BodyReader(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * The whole body, unpacked.
   *
   * @param share what it takes its memory from, and holds the result's length at the end
   */
  byte[] read(Head head, Framing framing, BodyMemory.Share share, TimeLimit limit)
      throws IOException, InterruptedException {
    if (framing.announced() > maxBytes) {
      throw tooLarge(framing.announced() + " bytes are announced");
    }
    String coding = head.first("content-encoding").toLowerCase(Locale.ROOT);
    byte[] body =
        switch (coding) {
          case "", "identity" -> read(framing, framing.announced(), share, limit);
          case "gzip", "x-gzip" -> unpacked(framing, share, limit);
          default ->
              throw FetchFailure.lasting(
                  Reason.CONTENT_ENCODING,
                  "the body comes packed as " + coding + ", which was not asked for");
        };
    if (body.length == 0) {
      throw FetchFailure.lasting(Reason.EMPTY_BODY, "the body is empty");
    }
    return body;
  }

  /** Some servers pack without being asked. What comes is limited as well as what it becomes. */
  private byte[] unpacked(Framing framing, BodyMemory.Share share, TimeLimit limit)
      throws IOException, InterruptedException {
    PushbackInputStream packed = new PushbackInputStream(new Limited(framing));
    int first = packed.read();
    if (first < 0) {
      return new byte[0];
    }
    packed.unread(first);
    try (GZIPInputStream stream = new GZIPInputStream(packed)) {
      byte[] body = read(stream, -1, share, limit);
      packed.transferTo(OutputStream.nullOutputStream());
      return body;
    } catch (EOFException e) {
      throw FetchFailure.passing(Reason.TRUNCATED, "the packed body ends too early");
    } catch (ZipException e) {
      throw FetchFailure.lasting(
          Reason.CONTENT_ENCODING, "the body is said to be packed and is not: " + e.getMessage());
    }
  }

  private byte[] read(InputStream from, long announced, BodyMemory.Share share, TimeLimit limit)
      throws IOException, InterruptedException {
    int capacity = (int) Math.min(announced < 0 ? FIRST_BYTES : announced, TRUSTED_BYTES);
    share.take(capacity, limit);
    byte[] body = new byte[capacity];
    int length = 0;
    while (true) {
      if (length == capacity) {
        int next = from.read();
        if (next < 0) {
          return body;
        }
        if (length >= maxBytes) {
          throw tooLarge("the body has no end before");
        }
        int larger = larger(capacity, announced);
        share.take(larger, limit);
        body = Arrays.copyOf(body, larger);
        share.give(capacity);
        capacity = larger;
        body[length++] = (byte) next;
        continue;
      }
      int read = from.read(body, length, capacity - length);
      if (read < 0) {
        share.take(length, limit);
        byte[] fitting = Arrays.copyOf(body, length);
        share.give(capacity);
        return fitting;
      }
      length += read;
    }
  }

  private int larger(int capacity, long announced) {
    long doubled = Math.min(Math.max(FIRST_BYTES, 2L * capacity), maxBytes);
    return (int) (announced > capacity ? Math.min(doubled, announced) : doubled);
  }

  private FetchFailure tooLarge(String how) {
    return FetchFailure.lasting(Reason.TOO_LARGE, how + "; fetch.max_bytes allows " + maxBytes);
  }

  /** A stream that fails where it goes on beyond the limit. */
  private final class Limited extends FilterInputStream {
    private long left = maxBytes;

    Limited(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int read = super.read(to, offset, length);
      left -= Math.max(0, read);
      if (left < 0) {
        throw tooLarge("the packed body has no end before");
      }
      return read;
    }
  }
}
