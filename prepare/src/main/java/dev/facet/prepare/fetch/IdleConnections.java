package dev.facet.prepare.fetch;

import dev.facet.prepare.fetch.address.Origin;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Connections that wait for another request to the same server: not many, and not for long. */
final class IdleConnections implements AutoCloseable {
  /** Most servers end an idle connection after 5 seconds or more. */
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(4);

  private final int most;
  private final Time time;
  private final Map<Origin, Deque<Connection>> byOrigin = new HashMap<>();
  private final LinkedHashSet<Connection> byAge = new LinkedHashSet<>();
  private boolean closed;

  IdleConnections(int most, Time time) {
    this.most = most;
    this.time = time;
  }

  /** One to this server, the last one used; null if there is none. */
  @Nullable Connection take(Origin origin) {
    while (true) {
      Connection connection = newest(origin);
      if (connection == null || connection.isQuiet()) {
        return connection;
      }
      connection.close();
    }
  }

  private synchronized @Nullable Connection newest(Origin origin) {
    dropOld();
    Deque<Connection> idle = byOrigin.get(origin);
    if (idle == null) {
      return null;
    }
    Connection connection = idle.getLast();
    forget(connection);
    return connection;
  }

  /** Keeps one, and closes the oldest where there are too many. */
  synchronized void put(Connection connection) {
    if (closed) {
      connection.close();
      return;
    }
    connection.rest(time.nanos());
    byAge.add(connection);
    byOrigin.computeIfAbsent(connection.origin(), _ -> new ArrayDeque<>()).addLast(connection);
    dropOld();
  }

  private void dropOld() {
    Iterator<Connection> oldest = byAge.iterator();
    while (oldest.hasNext()) {
      Connection connection = oldest.next();
      if (byAge.size() <= most && time.nanos() - connection.idleSince() < LONGEST_NANOS) {
        return;
      }
      oldest.remove();
      forgetOrigin(connection);
      connection.close();
    }
  }

  private void forget(Connection connection) {
    byAge.remove(connection);
    forgetOrigin(connection);
  }

  private void forgetOrigin(Connection connection) {
    byOrigin.computeIfPresent(
        connection.origin(),
        (_, idle) -> {
          idle.remove(connection);
          return idle.isEmpty() ? null : idle;
        });
  }

  @Override
  public synchronized void close() {
    closed = true;
    byAge.forEach(Connection::close);
    byAge.clear();
    byOrigin.clear();
  }
}
