package dev.facet.spark;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;

/**
 * A server with two names, and a table of addresses there: pictures, some of which are behind a
 * redirect to the other name, at the second address of a row, missing, broken, or copies.
 */
final class Gallery implements AutoCloseable {
  /** Names that both lead here, and that are in lanes of their own. */
  static final List<String> HOSTS = List.of("127.0.0.1", "localhost");

  static final int ROWS = 64;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

  private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
  private final CompletableFuture<Void> waiting = new CompletableFuture<>();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  Gallery() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** Options that let it be asked. */
  static String[] options() {
    return new String[] {
      "--set", "source.set=addresses",
      "--set", "fetch.allow=[127.0.0.1, localhost, '::1']",
      "--set", "fetch.retries=0",
      "--set", "crop.region=whole",
      "--set", "split.test=0.25",
      "--set", "shards.rows_per_shard=16",
      "--set", "threads=2"
    };
  }

  /** Writes the table. */
  Path table(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      String first = HOSTS.get(row % 2);
      String other = HOSTS.get(1 - row % 2);
      String urls =
          switch (row % 8) {
            case 0 -> at(first, "/missing/" + row) + ", " + at(other, "/picture/" + row);
            case 1 -> at(first, "/onward/" + other + "/" + row);
            case 2 -> at(first, "/missing/" + row) + ", " + at(other, "/broken/" + row);
            case 3 -> at(first, "/picture/" + (row - 3) / 8);
            case 4 -> "UNKNOWN";
            default -> at(first, "/picture/" + row);
          };
      lines.add(
          "{\"id\": \"row-%s\", \"url\": \"%s\", \"caption\": \"picture number %s\"}"
              .formatted(row, urls, row));
    }
    Path table = folder.resolve("table.jsonl");
    Files.write(table, lines);
    return table;
  }

  /** How often anything was asked for, by its host and path. */
  Map<String, AtomicInteger> asked() {
    return asked;
  }

  /**
   * Answers some requests, then none until it is told to {@link #goOn}.
   *
   * @return done when requests wait
   */
  CompletableFuture<Void> holdAfter(int requests) {
    left.set(requests);
    gate = new CountDownLatch(1);
    return waiting;
  }

  /** Answers all that wait, and what comes. */
  void goOn() {
    gate.countDown();
  }

  private void hold() {
    if (left.getAndDecrement() <= 0) {
      waiting.complete(null);
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private String at(String host, String path) {
    return "http://" + host + ":" + server.getAddress().getPort() + path;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String host = exchange.getRequestHeaders().getFirst("Host");
      hold();
      asked.computeIfAbsent(host + path, key -> new AtomicInteger()).incrementAndGet();
      String[] parts = path.split("/", -1);
      int number = Integer.parseInt(parts[parts.length - 1]);
      switch (parts[1]) {
        case "picture" -> {
          byte[] picture = picture(number);
          exchange.sendResponseHeaders(200, picture.length);
          exchange.getResponseBody().write(picture);
        }
        case "broken" -> {
          exchange.sendResponseHeaders(200, 3);
          exchange.getResponseBody().write(new byte[] {1, 2, 3});
        }
        case "onward" -> {
          exchange.getResponseHeaders().add("Location", at(parts[2], "/picture/" + number));
          exchange.sendResponseHeaders(302, -1);
        }
        default -> exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private static byte[] picture(int number) throws IOException {
    BufferedImage image = new BufferedImage(96, 96, BufferedImage.TYPE_INT_RGB);
    Graphics2D drawing = image.createGraphics();
    drawing.setColor(Color.getHSBColor(number * 0.13f, 0.7f, 0.9f));
    drawing.fillRect(0, 0, 96, 96);
    drawing.setColor(Color.getHSBColor(number * 0.29f, 0.9f, 0.4f));
    for (int bit = 0; bit < 9; bit++) {
      if ((((number * 2654435761L) >>> (bit + 8)) & 1) == 1) {
        drawing.fillRect(bit % 3 * 32, bit / 3 * 32, 32, 32);
      }
    }
    drawing.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    goOn();
    server.stop(0);
    threads.close();
  }
}
