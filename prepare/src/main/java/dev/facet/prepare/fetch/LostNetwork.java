package dev.facet.prepare.fetch;

import dev.facet.base.FacetException;
import dev.facet.base.Printable;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Tells hosts that are gone from a network that is. Where one host after the other cannot be found
 * or reached, and none is in between, it is no host's fault: the run ends, instead of giving up its
 * rows.
 */
final class LostNetwork {
  /** So many in a row may be chance: where a third of all hosts is gone, once in 6,000 times. */
  private static final int CHANCE = 8;

  /** Longer than Java goes on saying that a name is not known (10 seconds). */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(12);

  private final int most;
  private final Set<String> unreached = new LinkedHashSet<>();
  private volatile boolean anyUnreached;
  private long reached;
  private boolean lost;

  /**
   * @param most different hosts in a row; 0 is never
   */
  LostNetwork(int most) {
    this.most = most;
  }

  /** A server was there. */
  void reached() {
    if (anyUnreached) {
      clear();
    }
  }

  private synchronized void clear() {
    unreached.clear();
    anyUnreached = false;
    reached++;
    notifyAll();
  }

  /**
   * A host could not be found or reached. Where that begins to be strange, waits for what others
   * meet with.
   *
   * @return whether the host is to blame; else it should be tried once more
   * @throws FacetException if it is the network
   */
  synchronized boolean blames(String host, String detail) throws InterruptedException {
    if (most == 0) {
      return true;
    }
    unreached.add(host);
    anyUnreached = true;
    if (unreached.size() >= most) {
      lost = true;
      notifyAll();
    }
    long before = reached;
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!lost && unreached.size() > CHANCE && reached == before) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    if (lost) {
      throw FacetException.run(
          String.format(
              Locale.ROOT,
              "the network seems to be gone: %,d hosts in a row could not be found or reached, the"
                  + " last one because %s. No row is given up for that: start again when it is"
                  + " mended, and what is done stays done; where so many hosts are gone for good,"
                  + " set fetch.lost_hosts to 0",
              unreached.size(),
              Printable.of(detail)));
    }
    return true;
  }
}
