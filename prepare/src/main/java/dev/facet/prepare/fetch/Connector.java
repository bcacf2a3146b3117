package dev.facet.prepare.fetch;

import dev.facet.prepare.fetch.address.Origin;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Opens connections. The socket is connected to the very address that was looked up and found to be
 * permitted; there is no second look-up that could bring another. TLS goes over that socket with
 * the host's name, so the certificate is checked against the name as always.
 */
final class Connector {
  /** Addresses of a host that are tried. */
  private static final int MOST_ADDRESSES = 3;

  /**
   * What the system keeps of a connection that is not read from for a while. By itself it would
   * keep megabytes, and a thousand connections that wait for memory would leave it none.
   */
  private static final int UNREAD_BYTES = 128 << 10;

  private final Names names;
  private final Machine machine;
  private final LostNetwork network;

  Connector(Names names, Machine machine, LostNetwork network) {
    this.names = names;
    this.network = network;
    this.machine = machine;
  }

  /** A new connection; {@code limit} guards it from then on. */
  Connection open(Origin origin, TimeLimit limit) throws IOException, InterruptedException {
    List<InetAddress> all = names.permitted(origin.host(), limit);
    List<InetAddress> tried = all.subList(0, Math.min(MOST_ADDRESSES, all.size()));
    for (int i = 0; i < tried.size() - 1; i++) {
      try {
        // The others need time too.
        long millis = TimeUnit.NANOSECONDS.toMillis(limit.left() / (tried.size() - i));
        return open(origin, tried.get(i), (int) Math.max(1, millis), limit);
      } catch (FetchFailure e) {
        if (limit.isOver() || e.reason().equals(Reason.TLS_FAILURE)) {
          throw e;
        }
      }
    }
    return open(origin, tried.getLast(), 0, limit);
  }

  private Connection open(Origin origin, InetAddress address, int millis, TimeLimit limit)
      throws IOException {
    Socket wire = machine.sockets().get();
    boolean open = false;
    try {
      connect(wire, new InetSocketAddress(address, origin.port()), millis, limit);
      Connection connection =
          new Connection(origin, wire, origin.secure() ? secured(wire, origin, limit) : wire);
      open = true;
      return connection;
    } finally {
      if (!open) {
        Connection.close(wire);
      }
    }
  }

  private void connect(Socket wire, InetSocketAddress to, int millis, TimeLimit limit)
      throws IOException {
    try {
      wire.setTcpNoDelay(true); // The system gives the socket here, or has none to give.
      wire.setReceiveBufferSize(UNREAD_BYTES);
    } catch (IOException e) {
      throw new MachineFailure(e);
    }
    limit.guard(() -> Connection.close(wire));
    try {
      wire.connect(to, millis);
    } catch (IOException e) {
      if (limit.isOver()) {
        throw FetchFailure.unreached(
            Reason.TIMEOUT, "no connection to " + to + " in time", to.getHostString());
      }
      throw failure(e, to);
    }
    network.reached();
  }

  private IOException failure(IOException e, InetSocketAddress to) {
    String detail = "no connection to " + to + ": " + e.getMessage();
    String host = to.getHostString();
    return switch (e) {
      case SocketTimeoutException _ -> FetchFailure.unreached(Reason.TIMEOUT, detail, host);
      // No port of this machine is left, or, for an address of IPv6, it has no IPv6.
      case BindException _
          when to.getAddress() instanceof Inet4Address && detail.contains("assign") ->
          new MachineFailure(e);
      case ConnectException _ when detail.contains("refused") -> {
        network.reached(); // Somebody did refuse.
        yield FetchFailure.passing(Reason.CONNECTION_REFUSED, detail);
      }
      case ConnectException _ -> FetchFailure.unreached(Reason.TIMEOUT, detail, host);
      default ->
          detail.contains("reset")
              ? FetchFailure.passing(Reason.CONNECTION_RESET, detail)
              : FetchFailure.unreached(Reason.HOST_UNREACHABLE, detail, host);
    };
  }

  private Socket secured(Socket wire, Origin origin, TimeLimit limit) throws IOException {
    try {
      SSLSocket socket =
          (SSLSocket) machine.tls().createSocket(wire, origin.peer(), origin.port(), true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket;
    } catch (IOException e) {
      throw Blame.of(e, limit, Reason.TLS_FAILURE);
    }
  }
}
