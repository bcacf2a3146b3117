package dev.facet.prepare.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of the answers that servers give. */
final class FetcherTest {
  private static final byte[] PICTURE = new byte[100_000];

  static {
    new Random(1).nextBytes(PICTURE);
  }

  private final HostileServer server;
  private final Asking asking = new Asking();

  FetcherTest() throws IOException {
    server = new HostileServer();
  }

  @AfterEach
  void end() throws IOException {
    asking.close();
    server.close();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void aBodyComesWithWhatIsSaidOfIt() throws Exception {
    server.on("/a", "HTTP/1.1 200 OK\nContent-Type: image/jpeg\nContent-Length: 100000", PICTURE);
    try (Download.Body body = asking.body(server.at("/a?b=c%20d"))) {
      assertThat(body.bytes()).isEqualTo(PICTURE);
      assertThat(body.contentType()).isEqualTo("image/jpeg");
      assertThat(body.status()).isEqualTo(200);
      assertThat(body.address()).isEqualTo(server.at("/a?b=c%20d"));
    }
    HostileServer.Request request = server.requests.getFirst();
    assertThat(request.path()).isEqualTo("/a?b=c%20d");
    assertThat(request.header("host")).isEqualTo("127.0.0.1:" + server.port());
    assertThat(request.header("user-agent")).isEqualTo("facet-test/1 (tests)");
    assertThat(request.header("accept-encoding")).isEqualTo("identity");
    assertThat(request.lines())
        .noneMatch(line -> line.matches("(?i)(cookie|authorization|referer):.*"));
  }

  @Test
  void aBodyWithoutALengthEndsWithTheConnection() throws Exception {
    server.on("/a", "HTTP/1.0 200 OK", PICTURE);
    assertThat(asking.body(server.at("/a")).bytes()).isEqualTo(PICTURE);
  }

  @Test
  void chunksArePutTogether() throws Exception {
    server.on(
        "/a",
        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked",
        ascii("5;x=y\r\nhello\r\n00C\r\n, dear world\r\n0\r\nTrailer: x\r\n\r\n"));
    assertThat(asking.body(server.at("/a")).bytes()).isEqualTo(ascii("hello, dear world"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Content-Length: 20 | short | truncated",
        "Transfer-Encoding: chunked | 5\\r\\nhello\\r\\n | truncated",
        "Transfer-Encoding: chunked | 9\\r\\nhello | truncated",
        "Transfer-Encoding: chunked | zz\\r\\n | bad_answer",
        "Transfer-Encoding: chunked | 2\\r\\nabc\\r\\n | bad_answer",
        "Transfer-Encoding: gzip, chunked | x | bad_answer",
        "Content-Length: 0 | '' | empty_body",
        "X-None: 0 | '' | empty_body",
        "Content-Length: -5 | x | bad_answer",
        "Content-Length: 5, 6 | x | bad_answer",
        "Content-Length: 1048577 | x | too_large",
        "Content-Length: 999999999999999999 | x | too_large",
        "Content-Encoding: br | x | content_encoding",
        "Content-Encoding: gzip | not packed | content_encoding",
      })
  void aBodyThatIsNotAsAnnouncedHasItsReason(String header, String body, String reason)
      throws Exception {
    server.on(
        "/a",
        (_, _, out) -> {
          HostileServer.send(
              out, "HTTP/1.1 200 OK\n" + header, ascii(body.replace("\\r\\n", "\r\n")));
          return false;
        });
    assertThat(asking.reason(server.at("/a"))).isEqualTo(reason);
  }

  /** Else a server could answer other addresses than it was asked. */
  @Test
  void whatComesAfterTheAnnouncedLengthIsNoAnswerToTheNextRequest() throws Exception {
    byte[] more = ascii("goodHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
    server
        .on("/lying", "HTTP/1.1 200 OK\nContent-Length: 4", more)
        .on("/honest", "HTTP/1.1 200 OK\nContent-Length: 4", ascii("true"));
    assertThat(asking.body(server.at("/lying")).bytes()).isEqualTo(ascii("good"));
    assertThat(asking.body(server.at("/honest")).bytes()).isEqualTo(ascii("true"));
  }

  @Test
  void anEndlessBodyIsCut() throws Exception {
    server.on(
        "/a",
        (_, _, out) -> {
          HostileServer.send(out, "HTTP/1.1 200 OK", new byte[0]);
          while (true) {
            out.write(PICTURE);
          }
        });
    assertThat(asking.reason(server.at("/a"))).isEqualTo("too_large");
  }

  @Test
  void anEndlessHeadIsCut() throws Exception {
    server.on(
        "/lines",
        (_, _, out) -> {
          out.write(ascii("HTTP/1.1 200 OK\r\n"));
          while (true) {
            out.write(ascii("X-More: and more\r\n"));
          }
        });
    server.on(
        "/endless",
        (_, _, out) -> {
          while (true) {
            out.write(ascii("HTTP/1.1 200 OK and more "));
          }
        });
    server.on(
        "/soon",
        (_, _, out) -> {
          while (true) {
            out.write(ascii("HTTP/1.1 102 Processing\r\n\r\n"));
          }
        });
    assertThat(asking.reason(server.at("/lines"))).isEqualTo("bad_answer");
    assertThat(asking.reason(server.at("/endless"))).isEqualTo("bad_answer");
    assertThat(asking.reason(server.at("/soon"))).isEqualTo("bad_answer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hello", "HTTP/2 200", "HTTP/1.1 2000 OK", "HTTP/1.1 200 OK\nno colon", "\u0000"})
  void whatIsNoHttpIsABadAnswer(String head) throws Exception {
    server.on("/a", head, PICTURE);
    assertThat(asking.reason(server.at("/a"))).isEqualTo("bad_answer");
  }

  @Test
  void aPackedBodyIsUnpackedUnderTheLimit() throws Exception {
    server
        .on("/a", "HTTP/1.1 200 OK\nContent-Encoding: gzip", packed(PICTURE, 1))
        .on("/bomb", "HTTP/1.1 200 OK\nContent-Encoding: gzip", packed(new byte[1 << 20], 2));
    assertThat(asking.body(server.at("/a")).bytes()).isEqualTo(PICTURE);
    assertThat(asking.reason(server.at("/bomb"))).isEqualTo("too_large");
  }

  @Test
  void aPackedBodyThatEndsTooEarlyIsTruncated() throws Exception {
    byte[] whole = packed(PICTURE, 1);
    server.on(
        "/a",
        (_, _, out) -> {
          HostileServer.send(out, "HTTP/1.1 200 OK\nContent-Encoding: gzip", new byte[0]);
          out.write(whole, 0, 50_000);
          return false;
        });
    assertThat(asking.reason(server.at("/a"))).isEqualTo("truncated");
  }

  private static byte[] packed(byte[] bytes, int times) throws IOException {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(result)) {
      for (int i = 0; i < times; i++) {
        out.write(bytes);
      }
    }
    return result.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {206, 304, 400, 401, 403, 404, 407, 410, 416, 451, 500, 503, 599})
  void aStatusIsTheReason(int status) throws Exception {
    server.on("/a", "HTTP/1.1 " + status + " So be it\nContent-Length: 4", ascii("text"));
    assertThat(asking.reason(server.at("/a"))).isEqualTo("http_" + status);
  }

  @Test
  void aConnectionServesAgainAfterAnswersOfEveryKind() throws Exception {
    server
        .on("/good", "HTTP/1.1 200 OK\nContent-Length: 100000", PICTURE)
        .on("/bad", "HTTP/1.1 404 Not Found\nContent-Length: 4", ascii("text"))
        .on("/moved", "HTTP/1.1 302 Found\nLocation: good\nContent-Length: 4", ascii("text"));
    URI last = server.at("/moved");
    for (int i = 0; i < 3; i++) {
      asking.body(server.at("/good")).close();
      asking.reason(server.at("/bad"));
      asking.body(last).close();
    }
    assertThat(server.requests).hasSize(12);
    assertThat(server.connections()).isEqualTo(1);
  }

  /** Servers end connections they kept when it pleases them, also while a request is on its way. */
  @Test
  void aKeptConnectionThatTheServerEndedIsNoFailure() throws Exception {
    server.on(
        "/a",
        (_, _, out) -> {
          HostileServer.send(out, "HTTP/1.1 200 OK\nContent-Length: 4", ascii("good"));
          return false;
        });
    for (int i = 0; i < 20; i++) {
      assertThat(asking.body(server.at("/a")).bytes()).isEqualTo(ascii("good"));
    }
    assertThat(asking.fetcher.retries()).isZero();
  }

  @Test
  void aConnectionThatIsResetOrClosedWithoutAnAnswerIsAReset() throws Exception {
    server
        .on(
            "/reset",
            (_, socket, _) -> {
              socket.setSoLinger(true, 0);
              return false;
            })
        .on("/closed", (_, _, _) -> false);
    assertThat(asking.reason(server.at("/reset"))).isEqualTo("connection_reset");
    assertThat(asking.reason(server.at("/closed"))).isEqualTo("connection_reset");
  }

  @Test
  void aPortWhereNobodyListensRefuses() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThat(asking.reason(URI.create("http://127.0.0.1:" + port)))
        .isEqualTo("connection_refused");
  }

  @Test
  void redirectsOfAllKindsEndAtThePicture() throws Exception {
    server
        .on("/1", "HTTP/1.1 301 x\nLocation: " + server.at("/2"), new byte[0])
        .on("/2", "HTTP/1.1 302 x\nLocation: ../3", new byte[0])
        .on("/3", "HTTP/1.1 303 x\nlocation:   /4?x=ü y#part", new byte[0])
        .on("/4", "HTTP/1.1 307 x\nLocation: //127.0.0.1:" + server.port() + "/5", new byte[0])
        .on("/5", "HTTP/1.1 308 x\nLocation: 6", new byte[0])
        .on("/6", "HTTP/1.1 200 OK", PICTURE);
    try (Download.Body body = asking.body(server.at("/1"))) {
      assertThat(body.address()).isEqualTo(server.at("/6"));
    }
    assertThat(server.requests)
        .extracting(HostileServer.Request::path)
        .containsExactly("/1", "/2", "/3", "/4?x=%C3%BC%20y", "/5", "/6");
  }

  @Test
  void oneRedirectMoreThanAllowedIsALoop() throws Exception {
    server.on(
        "/r",
        (request, _, out) -> {
          int number = Integer.parseInt(request.path().substring(2));
          HostileServer.send(
              out,
              "HTTP/1.1 302 x\nLocation: /r" + (number + 1) + "\nContent-Length: 0",
              new byte[0]);
          return true;
        });
    assertThat(asking.reason(server.at("/r0"))).isEqualTo("redirect_loop");
    assertThat(server.requests).hasSize(6);
  }

  @Test
  void aRedirectThatComesBackIsALoop() throws Exception {
    server
        .on("/a", "HTTP/1.1 302 x\nLocation: /b", new byte[0])
        .on("/b", "HTTP/1.1 302 x\nLocation: /a#x", new byte[0]);
    assertThat(asking.reason(server.at("/a"))).isEqualTo("redirect_loop");
    assertThat(server.requests).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file:///etc/passwd", "ftp://h/x", "http://u:w@h/", "http://h:0/", "data:x"})
  void aRedirectOutOfTheWebIsRefused(String target) throws Exception {
    server.on("/a", "HTTP/1.1 302 x\nLocation: " + target, new byte[0]);
    assertThat(asking.reason(server.at("/a"))).isEqualTo("redirect_refused");
  }

  @Test
  void aRedirectToAPrivateAddressIsRefusedWithoutAConnection() throws Exception {
    server.on("/a", "HTTP/1.1 302 x\nLocation: http://169.254.169.254/latest", new byte[0]);
    assertThat(asking.reason(server.at("/a"))).isEqualTo("private_address");
  }

  @Test
  void aRedirectWithoutATargetIsItsStatus() throws Exception {
    server.on("/a", "HTTP/1.1 302 x\nContent-Length: 0", new byte[0]);
    assertThat(asking.reason(server.at("/a"))).isEqualTo("http_302");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Robots-Tag: noai | noai",
        "x-robots-tag: NoImageAI | noimageai",
        "X-Robots-Tag: nofollow, noindex | noindex",
        "X-Robots-Tag: nofollow%X-Robots-Tag: noai | noai",
        "X-Robots-Tag: none | noindex",
        "X-Robots-Tag: googlebot: noai | noai",
        "X-Robots-Tag: otherbot: nofollow, googlebot: nosnippet, noimageai | noimageai",
        "X-Robots-Tag: facet-test: noindex | noindex",
        "X-Robots-Tag: *: noindex | noindex",
        "X-Robots-Tag: unavailable_after: 25 Jun 2030 15:00:00 PST, noindex | noindex",
        "X-Robots-Tag: max-snippet:-1, noindex | noindex",
        "X-Robots-Tag: googlebot: noindex | ''",
        "X-Robots-Tag: all, nofollow, noarchive | ''",
        "X-Robots-Tag: noaimless | ''",
      })
  void whatTheOwnerForbidsIsNotFetched(String headers, String reason) throws Exception {
    server.on(
        "/a",
        "HTTP/1.1 200 OK\n" + headers.replace("%", "\n") + "\nContent-Length: 100000",
        PICTURE);
    try (Download download = asking.fetcher.fetch(server.at("/a"))) {
      assertThat(download instanceof Download.Failed failed ? failed.reason() : "")
          .isEqualTo(reason);
    }
  }

  @Test
  void theOwnersTagCanBePassedOverByConfig() throws Exception {
    server.on("/a", "HTTP/1.1 200 OK\nX-Robots-Tag: noai", PICTURE);
    FetchSettings s = Asking.SETTINGS;
    FetchSettings careless =
        new FetchSettings(
            s.timeout(),
            s.retries(),
            s.longestWait(),
            s.maxBytes(),
            s.redirects(),
            s.concurrency(),
            s.perHost(),
            s.memoryBytes(),
            s.allow(),
            false,
            s.userAgent(),
            s.lostHosts());
    try (Asking other = new Asking(careless);
        Download.Body body = other.body(server.at("/a"))) {
      assertThat(body.bytes()).isEqualTo(PICTURE);
    }
  }
}
