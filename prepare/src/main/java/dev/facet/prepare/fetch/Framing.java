package dev.facet.prepare.fetch;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Where a body ends (RFC 9112, 6.3), as a stream of it; one that ends too early is truncated. */
abstract sealed class Framing extends InputStream {
  final Input in;

  private Framing(Input in) {
    this.in = in;
  }

  static Framing of(Head head, Input in) throws FetchFailure {
    if (head.status() == 204 || head.status() == 304) {
      return new Counted(in, 0);
    }
    if (head.all("transfer-encoding").findAny().isPresent()) {
      if (!head.first("transfer-encoding").equalsIgnoreCase("chunked")
          || head.all("transfer-encoding").count() > 1) {
        throw FetchFailure.lasting(
            Reason.BAD_ANSWER,
            "the body comes in a coding that nobody asked for: " + head.first("transfer-encoding"));
      }
      return new Chunked(in);
    }
    List<String> lengths = head.all("content-length").distinct().toList();
    if (lengths.isEmpty()) {
      return new ToTheEnd(in);
    }
    if (lengths.size() > 1 || !lengths.getFirst().matches("\\d{1,18}")) {
      throw FetchFailure.lasting(
          Reason.BAD_ANSWER, "Content-Length is no number: " + String.join(", ", lengths));
    }
    return new Counted(in, Long.parseLong(lengths.getFirst()));
  }

  /** Bytes that are said to come; -1 if nothing is said. */
  long announced() {
    return -1;
  }

  /** Whether all of it was read, and what follows on the connection is another answer. */
  abstract boolean isDone();

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public abstract int read(byte[] to, int offset, int length) throws IOException;

  private static FetchFailure truncated(String detail) {
    return FetchFailure.passing(Reason.TRUNCATED, detail);
  }

  private static final class Counted extends Framing {
    private final long announced;
    private long left;

    Counted(Input in, long announced) {
      super(in);
      this.announced = announced;
      this.left = announced;
    }

    @Override
    long announced() {
      return announced;
    }

    @Override
    boolean isDone() {
      return left == 0;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = in.read(to, offset, (int) Math.min(left, length));
      if (read < 0) {
        throw truncated((announced - left) + " of " + announced + " bytes came");
      }
      left -= read;
      return read;
    }
  }

  private static final class Chunked extends Framing {
    private static final int LONGEST_LINE = 4096;
    private static final int MOST_TRAILERS = 100;

    private long left;
    private boolean begun;
    private boolean done;

    Chunked(Input in) {
      super(in);
    }

    @Override
    boolean isDone() {
      return done;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (left == 0 && !done) {
        next();
      }
      if (done) {
        return -1;
      }
      int read = in.read(to, offset, (int) Math.min(left, length));
      if (read < 0) {
        throw truncated("a chunk of the body ends too early");
      }
      left -= read;
      return read;
    }

    private void next() throws IOException {
      if (begun && !line().isEmpty()) {
        throw bad();
      }
      begun = true;
      String size = line();
      int end = size.indexOf(';');
      String digits = (end < 0 ? size : size.substring(0, end)).strip();
      if (!digits.matches("[0-9a-fA-F]{1,15}")) {
        throw bad();
      }
      left = Long.parseLong(digits, 16);
      if (left == 0) {
        int trailers = 0;
        while (!line().isEmpty()) {
          if (++trailers > MOST_TRAILERS) {
            throw bad();
          }
        }
        done = true;
      }
    }

    private String line() throws IOException {
      try {
        return in.line(LONGEST_LINE);
      } catch (EOFException e) {
        throw truncated("the last chunk of the body did not come");
      }
    }

    private static FetchFailure bad() {
      return FetchFailure.lasting(Reason.BAD_ANSWER, "the body's chunks cannot be told apart");
    }
  }

  private static final class ToTheEnd extends Framing {
    ToTheEnd(Input in) {
      super(in);
    }

    @Override
    boolean isDone() {
      return false;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      return in.read(to, offset, length);
    }
  }
}
