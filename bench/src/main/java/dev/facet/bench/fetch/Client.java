package dev.facet.bench.fetch;

import dev.facet.prepare.fetch.Download;
import dev.facet.prepare.fetch.FetchSettings;
import dev.facet.prepare.fetch.Fetcher;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Who asks: so many virtual threads, each with a request after the other. */
enum Client {
  FACET {
    @Override
    Asker asker(URI address, int open) {
      FetchSettings d = FetchSettings.DEFAULT;
      Fetcher fetcher =
          new Fetcher(
              new FetchSettings(
                  d.timeout(),
                  0,
                  d.longestWait(),
                  d.maxBytes(),
                  0,
                  open,
                  open,
                  d.memoryBytes(),
                  List.of("127.0.0.1"),
                  true,
                  d.userAgent(),
                  0));
      return () -> {
        try (Download download = fetcher.fetch(address)) {
          return download instanceof Download.Body body ? body.bytes().length : 0;
        }
      };
    }
  },

  JAVA_NET_HTTP {
    @Override
    Asker asker(URI address, int open) {
      HttpClient client = HttpClient.newHttpClient();
      HttpRequest request = HttpRequest.newBuilder(address).build();
      return () -> client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body().length;
    }
  },

  /** Sockets alone: what is sent is always the same, and of an answer only bytes are counted. */
  BARE {
    @Override
    Asker asker(URI address, int open) throws IOException {
      byte[] request =
          ("GET "
                  + address.getRawPath()
                  + " HTTP/1.1\r\nHost: "
                  + address.getAuthority()
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII);
      int[] lengths = new Wire(address).lengths(request);
      ThreadLocal<Wire> wires = ThreadLocal.withInitial(() -> new Wire(address));
      return () -> {
        wires.get().ask(request, lengths[0]);
        return lengths[1];
      };
    }
  };

  private static final Pattern LENGTH =
      Pattern.compile("content-length: *(\\d+)", Pattern.CASE_INSENSITIVE);

  private static final double WARM_UP_SECONDS = 4;
  private static final double SECONDS = 5;

  /** Asks once; tells the length of the body. */
  interface Asker {
    int ask() throws IOException, InterruptedException;
  }

  abstract Asker asker(URI address, int open) throws IOException;

  /** A connection with the memory for an answer. */
  private static final class Wire {
    private final DataInputStream in;
    private final OutputStream out;
    private byte[] bytes = new byte[0];

    Wire(URI address) {
      try {
        Socket socket = new Socket(address.getHost(), address.getPort());
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Of an answer in all, and of its body. */
    int[] lengths(byte[] request) throws IOException {
      out.write(request);
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.readUnsignedByte());
      }
      Matcher length = LENGTH.matcher(head);
      if (!head.toString().startsWith("HTTP/1.1 200") || !length.find()) {
        throw new IOException("no picture of a known length: " + head);
      }
      int body = Integer.parseInt(length.group(1));
      return new int[] {head.length() + body, body};
    }

    void ask(byte[] request, int length) throws IOException {
      bytes = bytes.length < length ? new byte[length] : bytes;
      out.write(request);
      in.readFully(bytes, 0, length);
    }
  }

  /** Requests per second, once the compiler is done. */
  double rate(URI address, int open) throws Exception {
    Asker asker = asker(address, open);
    int length = asker.ask();
    AtomicLong done = new AtomicLong();
    long begin = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> all =
          IntStream.range(0, open)
              .mapToObj(i -> threads.submit(() -> ask(asker, length, begin, done)))
              .toList();
      for (Future<Boolean> each : all) {
        each.get();
      }
    }
    return done.get() / SECONDS;
  }

  private static boolean ask(Asker asker, int length, long begin, AtomicLong done)
      throws Exception {
    double at = 0;
    while (at < WARM_UP_SECONDS + SECONDS) {
      if (asker.ask() != length || length == 0) {
        throw new IOException("an answer that is not the server's");
      }
      at = (System.nanoTime() - begin) / 1e9;
      if (at >= WARM_UP_SECONDS && at < WARM_UP_SECONDS + SECONDS) {
        done.incrementAndGet();
      }
    }
    return true;
  }
}
