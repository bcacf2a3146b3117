package dev.facet.prepare.fetch;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Who may have a request open. A turn at the host comes first, so that those who wait for a busy
 * host hold none of the turns that others could use.
 */
final class Turns {
  private final ConcurrentHashMap<String, Host> hosts = new ConcurrentHashMap<>();
  private final Semaphore all;
  private final int perHost;

  /** A host that somebody asks or waits for; others are not kept. */
  private static final class Host {
    final Semaphore turns;
    int callers;

    Host(int turns) {
      this.turns = new Semaphore(turns, true);
    }
  }

  Turns(int inAll, int perHost) {
    this.all = new Semaphore(inAll, true);
    this.perHost = perHost;
  }

  /** Waits for a turn; close it when the request is done. The try's time does not run meanwhile. */
  Turn at(String name, TimeLimit limit) throws InterruptedException {
    limit.pause();
    Host host = enter(name);
    try {
      host.turns.acquire();
      try {
        all.acquire();
      } catch (Throwable e) {
        host.turns.release();
        throw e;
      }
    } catch (Throwable e) {
      leave(name);
      throw e;
    } finally {
      limit.goOn();
    }
    return () -> {
      all.release();
      host.turns.release();
      leave(name);
    };
  }

  /** Hosts that are known at the moment. */
  int hosts() {
    return hosts.size();
  }

  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  private Host enter(String name) {
    return hosts.compute(
        name,
        (_, known) -> {
          Host host = known == null ? new Host(perHost) : known;
          host.callers++;
          return host;
        });
  }

  private void leave(String name) {
    hosts.computeIfPresent(name, (_, host) -> without(host));
  }

  private static @Nullable Host without(Host host) {
    host.callers--;
    return host.callers == 0 ? null : host;
  }
}
