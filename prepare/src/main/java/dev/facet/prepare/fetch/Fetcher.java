package dev.facet.prepare.fetch;

import dev.facet.base.FacetException;
import dev.facet.base.Printable;
import dev.facet.prepare.fetch.address.AddressRules;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Fetches what addresses name, politely and without trust. Any number of virtual threads may call
 * {@link #fetch}; each waits for its turn at the host first and for one of all connections then, so
 * a crowd at one host keeps nobody else waiting. Callers should be many more than {@link
 * FetchSettings#concurrency}: that is what spreads the hosts.
 *
 * <p>It speaks HTTP/1.1 over sockets of its own. {@code java.net.http} looks names up by itself,
 * and the only way to have a say in that is a provider for the whole program; it limits the time
 * until the headers only. Pictures lie one by one on many hosts, so HTTP/2 would have little to
 * share.
 *
 * <p>There are no cookies and no credentials. Proxies are not used, whatever the system says: a
 * proxy would look names up too, and nobody could tell which addresses are asked.
 */
public final class Fetcher implements AutoCloseable {
  /** How often this machine may fail to give a connection, and how long to wait at first. */
  private static final int MACHINE_TRIES = 6;

  private static final long MACHINE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final int MOST_IDLE = 512;

  static {
    // Where no file can be opened, no class can be loaded: what tells of it is loaded before.
    MachineFailure _ = new MachineFailure(new IOException(""));
    FacetException _ = FacetException.run("");
  }

  private final FetchSettings settings;
  private final Time time;
  private final TimeLimits limits;
  private final Names names;
  private final IdleConnections idle;
  private final Visits visits;
  private final BackOff backOff;
  private final LostNetwork network;
  private final LongAdder retries = new LongAdder();

  /**
   * @throws FacetException if {@link FetchSettings#allow} has an entry that is no host, address or
   *     block
   */
  public Fetcher(FetchSettings settings) {
    this(settings, Machine.real());
  }

  Fetcher(FetchSettings settings, Machine machine) {
    AddressRules rules = new AddressRules(settings.allow());
    this.settings = settings;
    this.time = machine.time();
    this.limits = new TimeLimits(time);
    this.network = new LostNetwork(settings.lostHosts());
    this.names = new Names(machine.lookUp(), rules);
    this.idle = new IdleConnections(Math.min(settings.concurrency(), MOST_IDLE), time);
    this.visits =
        new Visits(
            settings,
            time,
            limits,
            new Turns(settings.concurrency(), settings.perHost()),
            new Connector(names, machine, network),
            idle,
            network);
    this.backOff = new BackOff(settings.longestWait());
  }

  /**
   * Asks an address, again where that may help; waits for the end of it. Close the result when its
   * bytes have been used.
   *
   * @param address as {@link Addresses} gives them
   * @throws FacetException if this machine or its network fails, which no address is to blame for:
   *     the run cannot go on, and nothing is known of this address
   * @throws InterruptedException if the thread is interrupted
   */
  public Download fetch(URI address) throws InterruptedException {
    return fetch(Trail.to(address), Hosts.ALL);
  }

  /**
   * The same from any place of a trail, as far as it stays with some hosts.
   *
   * @param trail whose next host is one of them
   */
  public Download fetch(Trail trail, Hosts hosts) throws InterruptedException {
    Trail left = trail;
    boolean askedAgain = false;
    while (true) {
      FetchFailure failure;
      try {
        return visit(left, hosts);
      } catch (FetchFailure e) {
        failure = e;
      }
      String unreached = failure.unreachedHost();
      if (unreached != null && !network.blames(unreached, failure.detail()) && !askedAgain) {
        askedAgain = true;
        continue;
      }
      long wait = backOff.before(left.tried(), failure);
      boolean again = failure.mayPass() && left.tried() < settings.retries() && wait >= 0;
      if (!again) {
        return new Download.Failed(failure.reason(), Printable.of(failure.detail()));
      }
      left = left.triedAgain();
      retries.increment();
      time.sleep(wait);
    }
  }

  /** Visits, and waits a little where the machine is short of something. */
  private Download visit(Trail trail, Hosts hosts) throws FetchFailure, InterruptedException {
    long wait = MACHINE_NANOS;
    for (int tries = 1; ; tries++, wait *= 2) {
      try {
        return visits.visit(trail, hosts);
      } catch (IOException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException(); // which closed the socket
        }
        if (e instanceof FetchFailure failure) {
          throw failure;
        }
        if (tries == MACHINE_TRIES) {
          throw FacetException.run(
              String.format(
                  Locale.ROOT,
                  "this machine gives no more connections: %s. Raise the limit of open files"
                      + " (ulimit -n) above twice fetch.concurrency, which is %d, or lower that; no"
                      + " row is given up for it, and what is done stays done",
                  e.getMessage(),
                  settings.concurrency()),
              e);
        }
      } catch (OutOfMemoryError e) {
        throw FacetException.run(
            "no memory is left to fetch with (%s): give Java more with -Xmx, or lower"
                    .formatted(e.getMessage())
                + " fetch.memory_bytes or fetch.concurrency",
            e);
      }
      time.sleep(wait);
    }
  }

  /** Tries after a first one, so far. */
  public long retries() {
    return retries.sum();
  }

  /**
   * Ends what is kept open. Fetches that are under way are not waited for; interrupt their threads
   * to end them.
   */
  @Override
  public void close() {
    idle.close();
    names.close();
    limits.close();
  }
}
