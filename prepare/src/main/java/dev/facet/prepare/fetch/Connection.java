package dev.facet.prepare.fetch;

import dev.facet.prepare.fetch.address.Origin;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** An open connection, on which one request is answered after the other. */
final class Connection implements Closeable {
  private final Origin origin;
  private final Socket wire;
  private final Input in;
  private final OutputStream out;
  private long idleSince;

  /**
   * @param wire what to close; it must not wait for the other end
   * @param socket what is written to and read from: the wire, or TLS over it
   */
  Connection(Origin origin, Socket wire, Socket socket) throws IOException {
    this.origin = origin;
    this.wire = wire;
    this.in = new Input(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  Origin origin() {
    return origin;
  }

  Input in() {
    return in;
  }

  void send(byte[] request) throws IOException {
    out.write(request);
    out.flush();
  }

  void rest(long nanos) {
    idleSince = nanos;
  }

  long idleSince() {
    return idleSince;
  }

  /** Whether the server sent more than it was asked for; then nothing on it can be believed. */
  boolean isQuiet() {
    try {
      return in.isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    close(wire);
  }

  static void close(Socket wire) {
    try {
      wire.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
