package dev.facet.prepare;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves pictures by their paths on 127.0.0.1, and counts how often each is asked for. */
final class PictureServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, byte[]> pictures = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

  PictureServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** Serves a picture, and says where. */
  String serve(String path, byte[] picture) {
    pictures.put(path, picture);
    return address(path);
  }

  /** Where something is, or would be. */
  String address(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** How often a path was asked for. */
  int asked(String path) {
    AtomicInteger count = asked.get(path);
    return count == null ? 0 : count.get();
  }

  /** How often all of them were. */
  int asked() {
    return asked.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      asked.computeIfAbsent(path, key -> new AtomicInteger()).incrementAndGet();
      byte[] picture = pictures.get(path);
      if (picture == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      exchange.getResponseHeaders().add("Content-Type", "image/jpeg");
      exchange.sendResponseHeaders(200, picture.length);
      exchange.getResponseBody().write(picture);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
