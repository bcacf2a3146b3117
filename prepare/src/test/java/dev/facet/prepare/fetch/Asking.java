package dev.facet.prepare.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;

/** A fetcher as tests want it, and what they ask of it. */
final class Asking implements AutoCloseable {
  static final FetchSettings SETTINGS = settings(0, List.of("127.0.0.1"));

  final FakeTime time = new FakeTime();
  final Fetcher fetcher;

  Asking() {
    this(SETTINGS);
  }

  Asking(FetchSettings settings) {
    this(settings, InetAddress::getAllByName);
  }

  Asking(FetchSettings settings, Names.LookUp lookUp) {
    this(settings, lookUp, (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  Asking(FetchSettings settings, Names.LookUp lookUp, SSLSocketFactory tls) {
    this(settings, lookUp, () -> new Socket(Proxy.NO_PROXY), tls);
  }

  Asking(
      FetchSettings settings, Names.LookUp lookUp, Supplier<Socket> sockets, SSLSocketFactory tls) {
    fetcher = new Fetcher(settings, new Machine(time, lookUp, sockets, tls));
  }

  static FetchSettings settings(int retries, List<String> allow) {
    return new FetchSettings(
        5, retries, 60, 1 << 20, 5, 64, 16, 64 << 20, allow, true, "facet-test/1 (tests)", 0);
  }

  Download.Failed failure(URI address) throws InterruptedException {
    try (Download download = fetcher.fetch(address)) {
      assertThat(download).isInstanceOf(Download.Failed.class);
      return (Download.Failed) download;
    }
  }

  String reason(URI address) throws InterruptedException {
    return failure(address).reason();
  }

  Download.Body body(URI address) throws InterruptedException {
    Download download = fetcher.fetch(address);
    assertThat(download).isInstanceOf(Download.Body.class);
    return (Download.Body) download;
  }

  @Override
  public void close() {
    fetcher.close();
  }
}
