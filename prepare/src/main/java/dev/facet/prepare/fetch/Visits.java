package dev.facet.prepare.fetch;

import dev.facet.prepare.fetch.address.Origin;
import dev.facet.prepare.fetch.address.WebAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One try of an address: requests and redirects, until there is a body or a reason. */
final class Visits {
  /** Of an answer that nobody wants, so much is read to use its connection again. */
  private static final int MOST_PASSED_OVER = 64 << 10;

  private final FetchSettings settings;
  private final Time time;
  private final TimeLimits limits;
  private final Turns turns;
  private final BodyMemory memory;
  private final BodyReader bodies;
  private final RobotsTag robots;
  private final Connector connector;
  private final IdleConnections idle;
  private final LostNetwork network;

  Visits(
      FetchSettings settings,
      Time time,
      TimeLimits limits,
      Turns turns,
      Connector connector,
      IdleConnections idle,
      LostNetwork network) {
    this.settings = settings;
    this.time = time;
    this.limits = limits;
    this.turns = turns;
    this.memory = new BodyMemory(settings.memoryBytes());
    this.bodies = new BodyReader(settings.maxBytes());
    this.robots = new RobotsTag(settings.userAgent());
    this.connector = connector;
    this.idle = idle;
    this.network = network;
  }

  /** What an answer comes to. */
  private sealed interface Step {
    record Whole(Download.Body body) implements Step {}

    record Elsewhere(URI target) implements Step {}
  }

  /** A kept connection had been given up by the server: nothing is known of the address. */
  private static final class Stale extends IOException {
    private static final long serialVersionUID = 1L;

    Stale(IOException cause) {
      super(cause);
    }
  }

  /**
   * Asks once, as far as some hosts are concerned.
   *
   * @throws FetchFailure if there is no body
   * @throws MachineFailure if nothing could be asked
   */
  Download visit(Trail trail, Hosts hosts) throws IOException, InterruptedException {
    try (TimeLimit limit = limits.start(settings.timeout())) {
      Set<URI> seen = new LinkedHashSet<>(trail.seen());
      URI at = trail.next();
      while (!seen.contains(at) && seen.size() <= settings.redirects()) {
        if (!hosts.has(Origin.of(at).host())) {
          return new Download.Elsewhere(new Trail(List.copyOf(seen), at, trail.tried()));
        }
        seen.add(at);
        switch (ask(at, limit)) {
          case Step.Whole whole -> {
            return whole.body;
          }
          case Step.Elsewhere elsewhere -> at = elsewhere.target;
        }
      }
      throw FetchFailure.lasting(
          Reason.REDIRECT_LOOP,
          seen.contains(at)
              ? "redirects come back to " + at
              : "more than " + settings.redirects() + " redirects (fetch.redirects)");
    }
  }

  private Step ask(URI at, TimeLimit limit) throws IOException, InterruptedException {
    Origin origin = Origin.of(at);
    try (Turns.Turn _ = turns.at(origin.host(), limit)) {
      Connection kept = idle.take(origin);
      if (kept != null) {
        limit.guard(kept::close);
        try {
          return ask(at, kept, true, limit);
        } catch (Stale e) {
          // Asked again below.
        }
      }
      return ask(at, connector.open(origin, limit), false, limit);
    }
  }

  private Step ask(URI at, Connection connection, boolean kept, TimeLimit limit)
      throws IOException, InterruptedException {
    boolean keep = false;
    String atEnd = Reason.CONNECTION_RESET;
    try {
      begin(at, connection, kept, limit);
      network.reached();
      Head head = Head.read(connection.in());
      atEnd = Reason.TRUNCATED;
      if (head.status() / 100 != 2 || head.status() == 206) {
        keep = passOver(head, connection, limit);
        return new Step.Elsewhere(target(at, head));
      }
      String forbidden = settings.honourRobotsTag() ? robots.forbids(head) : null;
      if (forbidden != null) {
        throw FetchFailure.lasting(forbidden, "X-Robots-Tag says so (fetch.honour_robots_tag)");
      }
      Framing framing = Framing.of(head, connection.in());
      Download.Body body = body(at, head, framing, limit);
      keep = head.keepsConnection() && framing.isDone();
      return new Step.Whole(body);
    } catch (Stale e) {
      throw e;
    } catch (IOException e) {
      throw Blame.of(e, limit, atEnd);
    } finally {
      settle(connection, keep, limit);
    }
  }

  private void begin(URI at, Connection connection, boolean kept, TimeLimit limit)
      throws IOException {
    try {
      connection.send(request(at));
      connection.in().await();
    } catch (IOException e) {
      if (kept && !limit.isOver() && !Thread.currentThread().isInterrupted()) {
        throw new Stale(e);
      }
      throw e;
    }
  }

  private byte[] request(URI at) {
    String query = at.getRawQuery();
    return String.join(
            "\r\n",
            "GET " + at.getRawPath() + (query == null ? "" : "?" + query) + " HTTP/1.1",
            "Host: " + at.getRawAuthority(),
            "User-Agent: " + settings.userAgent(),
            "Accept: */*",
            "Accept-Encoding: identity",
            "Connection: keep-alive",
            "",
            "")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private Download.Body body(URI at, Head head, Framing framing, TimeLimit limit)
      throws IOException, InterruptedException {
    BodyMemory.Share share = memory.share();
    boolean whole = false;
    try {
      byte[] bytes = bodies.read(head, framing, share, limit);
      whole = true;
      return new Download.Body(bytes, at, head.status(), head.first("content-type"), share::close);
    } finally {
      if (!whole) {
        share.close();
      }
    }
  }

  /** Where an answer without a picture sends to. */
  private URI target(URI at, Head head) throws FetchFailure {
    String location = utf8(head.first("location"));
    boolean redirect =
        switch (head.status()) {
          case 301, 302, 303, 307, 308 -> !location.isEmpty();
          default -> false;
        };
    if (!redirect) {
      throw StatusFailure.of(head, time.now());
    }
    URI target = WebAddress.of(at, location);
    if (target == null) {
      throw FetchFailure.lasting(
          Reason.REDIRECT_REFUSED, "the answer sends to \"" + location + "\"");
    }
    return target;
  }

  /** Servers write addresses in UTF-8 where they should write ASCII. */
  private static String utf8(String header) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(header.getBytes(StandardCharsets.ISO_8859_1)))
          .toString();
    } catch (CharacterCodingException e) {
      return header;
    }
  }

  /** Whether the connection can be used again; that it fails meanwhile changes no answer. */
  private static boolean passOver(Head head, Connection connection, TimeLimit limit) {
    try {
      Framing framing = Framing.of(head, connection.in());
      if (!head.keepsConnection() || framing.announced() > MOST_PASSED_OVER || limit.isOver()) {
        return false;
      }
      byte[] passed = new byte[2048];
      int left = MOST_PASSED_OVER;
      for (int read = 0; read >= 0 && left > 0; left -= read) {
        read = framing.read(passed, 0, passed.length);
      }
      return framing.isDone();
    } catch (IOException e) {
      return false;
    }
  }

  private void settle(Connection connection, boolean keep, TimeLimit limit) {
    if (keep) {
      try {
        limit.unguard();
        idle.put(connection);
        return;
      } catch (FetchFailure e) {
        // It was closed at the end of the time, which the answer had just met.
      }
    }
    connection.close();
  }
}
