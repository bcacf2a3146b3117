package dev.facet.prepare.fetch;

import java.net.URI;

/**
 * What came of an address. To be closed when its bytes have been used: until then they count as
 * memory that is taken ({@link FetchSettings#memoryBytes}).
 */
public sealed interface Download extends AutoCloseable {

  @Override
  void close();

  /** A whole, non-empty body; whether it is a picture, nobody has looked yet. */
  final class Body implements Download {
    private final byte[] bytes;
    private final URI address;
    private final int status;
    private final String contentType;
    private final Runnable onClose;

    /**
     * @param onClose gives back what the bytes hold; calls after the first one do nothing
     */
    public Body(byte[] bytes, URI address, int status, String contentType, Runnable onClose) {
      this.bytes = bytes;
      this.address = address;
      this.status = status;
      this.contentType = contentType;
      this.onClose = onClose;
    }

    /** The body as the server stores it, without a coding for the way; not a copy. */
    public byte[] bytes() {
      return bytes;
    }

    /** Where it came from, after all redirects. */
    public URI address() {
      return address;
    }

    /** The status of the answer, such as 200. */
    public int status() {
      return status;
    }

    /** What the server says it is, which need not be true; empty if it says nothing. */
    public String contentType() {
      return contentType;
    }

    @Override
    public void close() {
      onClose.run();
    }
  }

  /**
   * A redirect leads to a host that others ask.
   *
   * @param trail what is left to do there; its try begins anew
   */
  record Elsewhere(Trail trail) implements Download {
    @Override
    public void close() {}
  }

  /**
   * No body.
   *
   * @param reason a word to count by, such as {@code http_404} or {@code timeout}
   * @param detail for people: what exactly happened; in one line, printable
   */
  record Failed(String reason, String detail) implements Download {
    @Override
    public void close() {}
  }
}
