package dev.facet.prepare.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;

/** Connections are secured for the host that was asked for, wherever it was found. */
final class TlsTest {
  private static final byte[] BODY = "body".getBytes(StandardCharsets.US_ASCII);

  private final SSLContext context;

  TlsTest() throws Exception {
    context = SelfSigned.context("pictures.test");
  }

  private HostileServer secured() throws IOException {
    ServerSocket socket =
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    return new HostileServer(socket).on("/", "HTTP/1.1 200 OK\nContent-Length: 4", BODY);
  }

  private static Asking asking(SSLSocketFactory tls) {
    return new Asking(
        Asking.settings(0, List.of("127.0.0.0/8")),
        _ -> new InetAddress[] {InetAddress.getLoopbackAddress()},
        tls);
  }

  private static URI at(String host, HostileServer server) {
    return URI.create("https://" + host + ":" + server.port() + "/a");
  }

  @Test
  void theCertificateIsCheckedAgainstTheNameThatWasAskedFor() throws Exception {
    try (HostileServer server = secured();
        Asking asking = asking(context.getSocketFactory())) {
      assertThat(asking.body(at("pictures.test", server)).bytes()).isEqualTo(BODY);
      assertThat(asking.body(at("pictures.test", server)).bytes()).isEqualTo(BODY);
      assertThat(server.connections()).isEqualTo(1);
      assertThat(asking.reason(at("another.test", server))).isEqualTo("tls_failure");
      assertThat(asking.reason(at("127.0.0.1", server))).isEqualTo("tls_failure");
    }
  }

  @Test
  void aCertificateThatNobodyVouchesForIsATlsFailure() throws Exception {
    try (HostileServer server = secured();
        Asking asking = asking((SSLSocketFactory) SSLSocketFactory.getDefault())) {
      assertThat(asking.reason(at("pictures.test", server))).isEqualTo("tls_failure");
    }
  }

  @Test
  void aServerThatDoesNotSpeakTlsIsATlsFailure() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Asking asking = asking(context.getSocketFactory())) {
      Thread.startVirtualThread(
          () -> {
            try (var peer = socket.accept()) {
              peer.getOutputStream()
                  .write("HTTP/1.1 400 x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
              peer.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            } catch (IOException e) {
              // The client has gone.
            }
          });
      URI address = URI.create("https://pictures.test:" + socket.getLocalPort() + "/");
      assertThat(asking.reason(address)).isEqualTo("tls_failure");
    }
  }
}
