package dev.facet.bench.fetch;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How many bodies of 50 kB per second are fetched from a server on this machine: by Facet's
 * fetcher, by {@code java.net.http}, and by bare sockets that understand nothing. Each client is a
 * process of its own, and so is the server, of which is told how much of a processor it took: near
 * 100 % it is the server that limits, as it has one thread.
 *
 * <p>Arguments: a picture's address, if it is another server that is to be asked; numbers of open
 * requests.
 */
final class FetchBench {
  private static final List<String> JVM =
      List.of("-Xmx512m", "-XX:+UseParallelGC", "--enable-native-access=ALL-UNNAMED");

  private static final String ASK = "ask";

  private FetchBench() {}

  public static void main(String[] args) throws Exception {
    List<String> left = new ArrayList<>(List.of(args));
    if (left.getFirst().equals(ASK)) {
      URI address = URI.create(args[2]);
      double rate = Client.valueOf(args[1]).rate(address, Integer.parseInt(args[3]));
      System.out.printf(Locale.ROOT, "%.0f requests/s, %s of memory%n", rate, memory());
      System.exit(0); // idle connections are nobody's to close
    }
    if (left.getFirst().startsWith("http:")) {
      measure(left.removeFirst(), left, null);
      return;
    }
    Process server = java(FixedServer.class, List.of());
    try (BufferedReader said = server.inputReader()) {
      measure("http://127.0.0.1:" + said.readLine() + "/p.jpg", left, server);
    } finally {
      server.destroy();
    }
  }

  private static void measure(String address, List<String> opens, @Nullable Process server)
      throws IOException {
    for (String open : opens) {
      for (Client client : Client.values()) {
        long start = System.nanoTime();
        double before = processor(server);
        Process process = java(FetchBench.class, List.of(ASK, client.name(), address, open));
        try (BufferedReader said = process.inputReader()) {
          System.out.printf(Locale.ROOT, "%5s open, %-13s %s", open, client, said.readLine());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double share = 100 * (processor(server) - before) / seconds;
        System.out.println(
            server == null ? "" : String.format(Locale.ROOT, "; server %.0f %% of a core", share));
      }
    }
  }

  /** Seconds that a process has taken. */
  private static double processor(@Nullable Process process) {
    return process == null
        ? 0
        : process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  private static Process java(Class<?> main, List<String> args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(args);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** The most that this process had in memory, as Linux tells it. */
  private static String memory() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MB")
        .findFirst()
        .orElse("?");
  }
}
