package dev.facet.base.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A Hub on this machine: small files from itself, large ones from another host, as the real one.
 */
final class LocalHub implements AutoCloseable {
  static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  /** What was asked, with "token" behind it where one came along, in its order. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  private final HttpServer hub = server("127.0.0.1");

  /** The other host: the same machine by another name. */
  private final HttpServer store = server("127.0.0.1");

  private final Map<String, byte[]> files = new TreeMap<>();
  private final Map<String, byte[]> large = new LinkedHashMap<>();

  /** How many bytes of a large file come before the connection breaks, once. */
  private int breaksAfter = -1;

  private int status = 200;
  private String error = "";

  LocalHub() {
    hub.createContext("/", exchange -> answer(exchange, this::hub));
    store.createContext("/", exchange -> answer(exchange, this::store));
    hub.start();
    store.start();
  }

  private static HttpServer server(String host) {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LocalHub small(String name, String text) {
    files.put(name, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  LocalHub large(String name, byte[] bytes) {
    large.put(name, bytes);
    return this;
  }

  LocalHub breakAfter(int bytes) {
    breaksAfter = bytes;
    return this;
  }

  LocalHub refuse(int with, String code) {
    status = with;
    error = code;
    return this;
  }

  String endpoint() {
    return "http://127.0.0.1:" + hub.getAddress().getPort();
  }

  @Override
  public void close() {
    hub.stop(0);
    store.stop(0);
  }

  /** What answers a request. */
  private interface Answer {
    void give(HttpExchange exchange) throws IOException;
  }

  private void answer(HttpExchange exchange, Answer answer) throws IOException {
    boolean token = exchange.getRequestHeaders().containsKey("Authorization");
    asked.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI().getRawPath()
            + (token ? " token" : ""));
    try (exchange) {
      answer.give(exchange);
    }
  }

  private void hub(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (status != 200) {
      exchange.getResponseHeaders().add("X-Error-Code", error);
      exchange.sendResponseHeaders(status, -1);
    } else if (path.startsWith("/api/")) {
      StringBuilder names = new StringBuilder();
      for (String name : files.keySet()) {
        names
            .append(names.isEmpty() ? "" : ",")
            .append("{\"rfilename\":\"")
            .append(name)
            .append("\"}");
      }
      for (String name : large.keySet()) {
        names
            .append(names.isEmpty() ? "" : ",")
            .append("{\"rfilename\":\"")
            .append(name)
            .append("\"}");
      }
      body(
          exchange,
          ("{\"sha\":\"" + COMMIT + "\",\"siblings\":[" + names + "]}")
              .getBytes(StandardCharsets.UTF_8));
    } else {
      String name = path.substring(path.indexOf(COMMIT) + COMMIT.length() + 1);
      byte[] bytes = large.get(name);
      exchange.getResponseHeaders().add("X-Repo-Commit", COMMIT);
      if (bytes == null) {
        byte[] small = files.getOrDefault(name, new byte[0]);
        exchange.getResponseHeaders().add("ETag", '"' + gitName(small) + '"');
        body(exchange, small);
      } else {
        exchange.getResponseHeaders().add("X-Linked-Etag", '"' + sha256(bytes) + '"');
        exchange.getResponseHeaders().add("X-Linked-Size", String.valueOf(bytes.length));
        exchange
            .getResponseHeaders()
            .add("Location", "http://localhost:" + store.getAddress().getPort() + "/" + name);
        exchange.sendResponseHeaders(302, -1);
      }
    }
  }

  private void store(HttpExchange exchange) throws IOException {
    byte[] bytes = large.getOrDefault(exchange.getRequestURI().getPath().substring(1), new byte[0]);
    @Nullable String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    byte[] rest = Arrays.copyOfRange(bytes, from, bytes.length);
    exchange.sendResponseHeaders(range == null ? 200 : 206, rest.length);
    OutputStream out = exchange.getResponseBody();
    if (breaksAfter >= 0) {
      out.write(rest, 0, breaksAfter);
      out.flush();
      breaksAfter = -1; // and the connection closes too early
    } else {
      out.write(rest);
    }
  }

  private static void body(HttpExchange exchange, byte[] bytes) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      exchange.getResponseHeaders().add("Content-Length", String.valueOf(bytes.length));
    }
    exchange.sendResponseHeaders(200, head ? -1 : bytes.length);
    if (!head) {
      exchange.getResponseBody().write(bytes);
    }
  }

  static String gitName(byte[] bytes) {
    byte[] header = ("blob " + bytes.length + "\0").getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(header, header.length + bytes.length);
    System.arraycopy(bytes, 0, all, header.length, bytes.length);
    return digest("SHA-1", all);
  }

  static String sha256(byte[] bytes) {
    return digest("SHA-256", bytes);
  }

  private static String digest(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
