package dev.facet.prepare.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server may cost: time, tries, connections. */
final class FetchLimitsTest {
  private static final String HEAD = "HTTP/1.1 200 OK\nContent-Length: 4";
  private static final byte[] BODY = "body".getBytes(StandardCharsets.US_ASCII);

  private final HostileServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch started = new CountDownLatch(1);
  private final Semaphore never = new Semaphore(0);

  FetchLimitsTest() throws IOException {
    server = new HostileServer();
  }

  @AfterEach
  void end() throws IOException {
    never.release(1_000_000);
    threads.shutdownNow();
    server.close();
  }

  private static void drip(java.io.OutputStream out, String text) throws IOException {
    for (byte letter : text.getBytes(StandardCharsets.US_ASCII)) {
      out.write(letter);
      out.flush();
    }
  }

  /** A server that says a little, and then nothing; what it said was read when time is up. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 2",
        "HTTP/1.1 200 OK\r\nX-A:",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbo",
      })
  void aServerThatStallsEndsAtTheTimeLimit(String said) throws Exception {
    server.on(
        "/a",
        (_, _, out) -> {
          drip(out, said);
          started.countDown();
          never.acquire();
          return false;
        });
    try (Asking asking = new Asking()) {
      Future<String> reason = threads.submit(() -> asking.reason(server.at("/a")));
      started.await();
      asking.time.pass(4.9);
      assertThat(reason.isDone()).isFalse();
      asking.time.pass(0.2);
      assertThat(reason.get()).isEqualTo("timeout");
    }
  }

  /** Each byte comes well within the time that the limit leaves; all of them do not. */
  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 200 OK\r\nX-Drip: ", "HTTP/1.1 200 OK\r\n\r\n"})
  void aSlowDripEndsAtTheTimeLimit(String first) throws Exception {
    try (Asking asking = new Asking()) {
      server.on(
          "/a",
          (_, _, out) -> {
            drip(out, first);
            for (int i = 0; i < 60; i++) {
              asking.time.pass(0.1);
              drip(out, "a");
            }
            never.acquire();
            return false;
          });
      assertThat(asking.reason(server.at("/a"))).isEqualTo("timeout");
    }
  }

  @Test
  void redirectsShareTheTimeOfOneTry() throws Exception {
    try (Asking asking = new Asking()) {
      server.on(
          "/r",
          (request, _, out) -> {
            asking.time.pass(2);
            HostileServer.send(
                out,
                "HTTP/1.1 302 x\nContent-Length: 0\nLocation: " + request.path() + "x",
                new byte[0]);
            if (request.path().length() > 4) {
              never.acquire();
            }
            return true;
          });
      assertThat(asking.reason(server.at("/r"))).isEqualTo("timeout");
    }
  }

  @Test
  void aNameServerThatIsSilentEndsAtTheTimeLimit() throws Exception {
    try (Asking asking =
        new Asking(
            Asking.SETTINGS,
            host -> {
              started.countDown();
              never.acquireUninterruptibly();
              throw new java.net.UnknownHostException(host);
            })) {
      Future<String> reason = threads.submit(() -> asking.reason(URI.create("http://slow.test/")));
      started.await();
      asking.time.pass(5.1);
      assertThat(reason.get()).isEqualTo("dns_failure");
    }
  }

  @Test
  void aBusyServerIsAskedAgainWhenItSays() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    List<String> waits = List.of("7", "Thu, 01 Jan 2026 00:00:30 GMT", "nonsense");
    server.on(
        "/a",
        (_, _, out) -> {
          int number = asked.getAndIncrement();
          if (number < waits.size()) {
            String status = number == 1 ? "503 Busy" : "429 Too Many Requests";
            HostileServer.send(
                out,
                "HTTP/1.1 " + status + "\nContent-Length: 0\nRetry-After: " + waits.get(number),
                new byte[0]);
          } else {
            HostileServer.send(out, HEAD, BODY);
          }
          return true;
        });
    try (Asking asking = new Asking(Asking.settings(3, List.of("127.0.0.1")))) {
      assertThat(asking.body(server.at("/a")).bytes()).isEqualTo(BODY);
      assertThat(asking.fetcher.retries()).isEqualTo(3);
      assertThat(asking.time.sleeps.get(0)).isEqualTo(7);
      assertThat(asking.time.sleeps.get(1)).isEqualTo(23); // the clock began at midnight
      assertThat(asking.time.sleeps.get(2)).isBetween(2.0, 4.0);
    }
  }

  @Test
  void aServerThatAsksForTooMuchPatienceIsNotAskedAgain() throws Exception {
    server.on("/a", "HTTP/1.1 429 x\nRetry-After: 61\nContent-Length: 0", new byte[0]);
    try (Asking asking = new Asking(Asking.settings(3, List.of("127.0.0.1")))) {
      assertThat(asking.reason(server.at("/a"))).isEqualTo("http_429");
      assertThat(server.requests).hasSize(1);
      assertThat(asking.time.sleeps).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"500", "502", "503", "504", "408", "429", "521"})
  void whatMayPassIsTriedAgainWithLongerWaits(String status) throws Exception {
    server.on("/a", "HTTP/1.1 " + status + " x\nContent-Length: 0", new byte[0]);
    try (Asking asking = new Asking(Asking.settings(4, List.of("127.0.0.1")))) {
      assertThat(asking.reason(server.at("/a"))).isEqualTo("http_" + status);
      assertThat(server.requests).hasSize(5);
      assertThat(asking.time.sleeps).hasSize(4);
      for (int i = 0; i < 4; i++) {
        assertThat(asking.time.sleeps.get(i)).isBetween(0.5 * (1 << i), 1.0 * (1 << i));
      }
    }
  }

  @Test
  void aConnectionThatFailsIsTriedAgain() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    server.on(
        "/a",
        (_, socket, out) -> {
          switch (asked.getAndIncrement()) {
            case 0 -> socket.setSoLinger(true, 0);
            case 1 -> HostileServer.send(out, HEAD, new byte[2]);
            default -> HostileServer.send(out, HEAD, BODY);
          }
          return false;
        });
    try (Asking asking = new Asking(Asking.settings(2, List.of("127.0.0.1")))) {
      assertThat(asking.body(server.at("/a")).bytes()).isEqualTo(BODY);
      assertThat(asking.fetcher.retries()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"400", "403", "404", "410", "501"})
  void whatWillStayIsNotTriedAgain(String status) throws Exception {
    server.on("/a", "HTTP/1.1 " + status + " x\nContent-Length: 0", new byte[0]);
    try (Asking asking = new Asking(Asking.settings(4, List.of("127.0.0.1")))) {
      assertThat(asking.reason(server.at("/a"))).isEqualTo("http_" + status);
      assertThat(server.requests).hasSize(1);
    }
  }

  /**
   * 100 callers, 2 turns a host: the server sees two at once, and another host is not kept waiting.
   */
  @Test
  void aCrowdAtOneHostKeepsNobodyElseWaiting() throws Exception {
    AtomicInteger open = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Semaphore answers = new Semaphore(0);
    CountDownLatch two = new CountDownLatch(2);
    server.on(
        "/crowd",
        (_, _, out) -> {
          most.accumulateAndGet(open.incrementAndGet(), Math::max);
          two.countDown();
          answers.acquire();
          open.decrementAndGet();
          HostileServer.send(out, HEAD, BODY);
          return true;
        });
    server.on("/other", HEAD, BODY);
    FetchSettings s = Asking.settings(0, List.of("127.0.0.1"));
    FetchSettings narrow =
        new FetchSettings(
            3600, 0, 60, s.maxBytes(), 5, 3, 2, s.memoryBytes(), s.allow(), true, "t", 0);
    try (Asking asking =
        new Asking(
            narrow, _ -> new java.net.InetAddress[] {java.net.InetAddress.getLoopbackAddress()})) {
      List<Callable<Download.Body>> crowd = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        URI address = server.at("/crowd" + i);
        crowd.add(() -> asking.body(address));
      }
      List<Future<Download.Body>> bodies = new ArrayList<>();
      for (Callable<Download.Body> one : crowd) {
        bodies.add(threads.submit(one));
      }
      two.await();
      URI other =
          URI.create(String.format(Locale.ROOT, "http://other.test:%d/other", server.port()));
      assertThat(asking.body(other).bytes()).isEqualTo(BODY);
      answers.release(100);
      for (Future<Download.Body> body : bodies) {
        body.get().close();
      }
      assertThat(most.get()).isEqualTo(2);
      assertThat(server.connections()).isLessThanOrEqualTo(3);
    }
  }

  /** Waiting for a turn may take as long as it likes. */
  @Test
  void theTimeOfATryBeginsWithItsTurn() throws Exception {
    Semaphore answers = new Semaphore(0);
    server.on(
        "/a",
        (_, _, out) -> {
          started.countDown();
          answers.acquire();
          HostileServer.send(out, HEAD, BODY);
          return true;
        });
    FetchSettings s = Asking.SETTINGS;
    FetchSettings single =
        new FetchSettings(
            5, 0, 60, s.maxBytes(), 5, 1, 1, s.memoryBytes(), s.allow(), true, "t", 0);
    try (Asking asking = new Asking(single)) {
      Future<Download> first = threads.submit(() -> asking.fetcher.fetch(server.at("/a")));
      started.await();
      Future<Download> second = threads.submit(() -> asking.fetcher.fetch(server.at("/a")));
      asking.time.pass(100); // the first is over, the second had no turn
      assertThat(first.get()).isInstanceOf(Download.Failed.class);
      answers.release(2);
      assertThat(second.get()).isInstanceOf(Download.Body.class);
    }
  }

  @Test
  void anInterruptEndsAFetch() throws Exception {
    server.on(
        "/a",
        (_, _, _) -> {
          started.countDown();
          never.acquire();
          return false;
        });
    try (Asking asking = new Asking()) {
      CountDownLatch interrupted = new CountDownLatch(1);
      Thread thread =
          Thread.startVirtualThread(
              () -> {
                try {
                  asking.fetcher.fetch(server.at("/a")).close();
                } catch (InterruptedException e) {
                  interrupted.countDown();
                }
              });
      started.await();
      thread.interrupt();
      interrupted.await();
    }
  }

  @Test
  void thousandsOfTinyErrorsAreOneFailureEach() throws Exception {
    server.on("/a", "HTTP/1.1 404 x\nContent-Length: 0", new byte[0]);
    try (Asking asking = new Asking()) {
      List<Future<String>> reasons = new ArrayList<>();
      for (int i = 0; i < 5000; i++) {
        URI address = server.at("/a" + i);
        reasons.add(threads.submit(() -> asking.reason(address)));
      }
      for (Future<String> reason : reasons) {
        assertThat(reason.get()).isEqualTo("http_404");
      }
      assertThat(server.requests).hasSize(5000);
      assertThat(server.connections()).isLessThanOrEqualTo(Asking.SETTINGS.perHost());
    }
  }
}
