package dev.facet.prepare.fetch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on 127.0.0.1 that answers as it is told, byte by byte, and ends with the test. */
final class HostileServer implements AutoCloseable {
  /** Writes an answer; the connection ends if it says so, or throws. */
  interface Answer {
    /** Whether the connection may be used again. */
    boolean to(Request request, Socket socket, OutputStream out) throws Exception;
  }

  /** What was asked; the first line, then the headers. */
  record Request(String path, List<String> lines) {
    String header(String name) {
      return lines.stream()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final ServerSocket server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger connections = new AtomicInteger();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  HostileServer() throws IOException {
    this(new ServerSocket(0, 1000, InetAddress.getLoopbackAddress()));
  }

  HostileServer(ServerSocket server) {
    this.server = server;
    threads.execute(this::accept);
  }

  /** How to answer requests whose path begins so. */
  HostileServer on(String path, Answer answer) {
    answers.put(path, answer);
    return this;
  }

  /** A plain answer, head and body as they stand; lines of the head end with line feeds here. */
  HostileServer on(String path, String head, byte[] body) {
    return on(
        path,
        (_, _, out) -> {
          send(out, head, body);
          return head.contains("Content-Length");
        });
  }

  static void send(OutputStream out, String head, byte[] body) throws IOException {
    out.write((head.strip().replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    out.write(body);
    out.flush();
  }

  /** Connections that were made, so far. */
  int connections() {
    return connections.get();
  }

  int port() {
    return server.getLocalPort();
  }

  URI at(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        connections.incrementAndGet();
        threads.execute(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      OutputStream out = socket.getOutputStream();
      boolean goOn = true;
      while (goOn) {
        List<String> lines = new ArrayList<>();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
          lines.add(line);
        }
        if (lines.isEmpty()) {
          return;
        }
        Request request = new Request(lines.getFirst().split(" ", 3)[1], lines);
        requests.add(request);
        goOn = answer(request.path).to(request, socket, out);
      }
    } catch (Exception e) {
      // The client has gone, or the test is over.
    } finally {
      sockets.remove(socket);
    }
  }

  private Answer answer(String path) {
    return answers.entrySet().stream()
        .filter(known -> path.startsWith(known.getKey()))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
