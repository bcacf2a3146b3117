package dev.facet.prepare.fetch;

import dev.facet.prepare.fetch.address.Origin;
import java.net.URI;
import java.util.List;

/**
 * An address on its way to be asked: where redirects have led from it so far.
 *
 * @param seen addresses that were asked and sent on, in their order
 * @param next what is asked next
 * @param tried how often tries have failed that may be repeated
 */
public record Trail(List<URI> seen, URI next, int tried) {
  public Trail {
    seen = List.copyOf(seen);
  }

  /** At its beginning. */
  public static Trail to(URI address) {
    return new Trail(List.of(), address, 0);
  }

  /** The host that is asked next, by the name that turns are given by. */
  public String host() {
    return Origin.of(next).host();
  }

  /** The same after another try that failed. */
  Trail triedAgain() {
    return new Trail(seen, next, tried + 1);
  }
}
