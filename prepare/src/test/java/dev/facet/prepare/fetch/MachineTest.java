package dev.facet.prepare.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;

/** What is the fault of this machine costs no row. */
final class MachineTest {
  private static Asking losing(int lostHosts, Names.LookUp lookUp) {
    FetchSettings s = Asking.SETTINGS;
    return new Asking(
        new FetchSettings(
            5, 0, 60, s.maxBytes(), 5, 64, 16, s.memoryBytes(), s.allow(), true, "t", lostHosts),
        lookUp);
  }

  private static InetAddress[] unknown(String host) throws UnknownHostException {
    throw new UnknownHostException(host);
  }

  private static URI host(int number) {
    return URI.create("http://host" + number + ".test/");
  }

  @Test
  void tooManyOpenFilesEndTheRunWithOneMessage() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    try (Asking asking =
        new Asking(
            Asking.settings(5, List.of("127.0.0.1")),
            InetAddress::getAllByName,
            () -> full(tries),
            (SSLSocketFactory) SSLSocketFactory.getDefault())) {
      assertThatThrownBy(() -> asking.fetcher.fetch(URI.create("http://127.0.0.1:1/")))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("Too many open files")
          .hasMessageContaining("fetch.concurrency");
      assertThat(tries.get()).isEqualTo(6);
      assertThat(asking.fetcher.retries()).isZero();
    }
  }

  private static Socket full(AtomicInteger tries) {
    return new Socket() {
      @Override
      public void setTcpNoDelay(boolean on) throws SocketException {
        tries.incrementAndGet();
        throw new SocketException("Too many open files");
      }
    };
  }

  @Test
  void aNetworkThatIsGoneEndsTheRunAndGivesUpFewRows() throws Exception {
    try (Asking asking = losing(50, MachineTest::unknown);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Download>> downloads = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        URI address = host(i);
        downloads.add(threads.submit(() -> asking.fetcher.fetch(address)));
      }
      int given = 0;
      for (Future<Download> download : downloads) {
        try {
          download.get().close();
          given++;
        } catch (ExecutionException e) {
          assertThat(e.getCause())
              .isInstanceOf(FacetException.class)
              .hasMessageContaining("network")
              .hasMessageContaining("fetch.lost_hosts");
        }
      }
      assertThat(given).isLessThanOrEqualTo(8);
    }
  }

  @Test
  void hostsThatAreGoneAreFailuresWhileOthersAreThere() throws Exception {
    try (HostileServer server = new HostileServer();
        Asking asking = losing(12, MachineTest::unknown)) {
      server.on("/", "HTTP/1.1 404 x\nContent-Length: 0", new byte[0]);
      for (int i = 0; i < 40; i++) {
        assertThat(asking.reason(host(i))).isEqualTo("dns_failure");
        if (i % 8 == 7) {
          assertThat(asking.reason(server.at("/"))).isEqualTo("http_404");
        }
      }
    }
  }

  /** More in a row than chance brings wait for what others meet with. */
  @Test
  void oneServerThatAnswersClearsTheNetworkOfSuspicion() throws Exception {
    CountDownLatch lookedUp = new CountDownLatch(30);
    try (HostileServer server = new HostileServer();
        Asking asking =
            losing(
                100,
                name -> {
                  lookedUp.countDown();
                  return unknown(name);
                });
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> reasons = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        URI address = host(i);
        reasons.add(threads.submit(() -> asking.reason(address)));
      }
      lookedUp.await();
      server.on("/", "HTTP/1.0 404 x", new byte[0]);
      for (Future<String> reason : reasons) {
        while (!reason.isDone()) {
          asking.reason(server.at("/"));
        }
        assertThat(reason.get()).isEqualTo("dns_failure");
      }
    }
  }

  @Test
  void oneHostThatIsGoneIsOneHowOftenItIsAsked() throws Exception {
    try (Asking asking = losing(3, MachineTest::unknown)) {
      for (int i = 0; i < 20; i++) {
        assertThat(asking.reason(host(1))).isEqualTo("dns_failure");
      }
    }
  }
}
