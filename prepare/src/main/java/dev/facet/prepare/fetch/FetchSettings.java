package dev.facet.prepare.fetch;

import dev.facet.base.FacetException;
import dev.facet.base.Range;
import dev.facet.prepare.fetch.address.AddressRules;
import java.util.List;

/**
 * How pictures are fetched, and what a server may cost.
 *
 * @param timeout seconds that one try of an address may take in all: name, connection, redirects,
 *     headers and body. Waiting for one's turn is not counted
 * @param retries tries after the first one, where a server is busy or a connection fails
 * @param longestWait seconds to wait for a next try at most; a server that asks for more with
 *     {@code Retry-After} is not asked again
 * @param maxBytes longest body, unpacked
 * @param redirects followed at most
 * @param concurrency requests that are open at once
 * @param perHost requests that are open at once to one host
 * @param memoryBytes what all bodies that are not closed yet may take together; one at a time may
 *     go beyond, so that there is always one that ends
 * @param allow hosts, addresses and blocks of addresses (10.1.0.0/16) that may be asked although
 *     they are private
 * @param honourRobotsTag whether {@code X-Robots-Tag: noai, noimageai, noindex} makes a failure of
 *     an answer
 * @param userAgent who asks
 * @param lostHosts hosts in a row, no two the same, that cannot be reached before the run ends, as
 *     it is the network that fails then; 0 is never
 */
public record FetchSettings(
    @Range(above = 0, max = 3600) double timeout,
    @Range(min = 0, max = 100) int retries,
    @Range(min = 0, max = 86_400) double longestWait,
    @Range(min = 1, max = 1 << 30) long maxBytes,
    @Range(min = 0, max = 100) int redirects,
    @Range(min = 1, max = 65_536) int concurrency,
    @Range(min = 1, max = 65_536) int perHost,
    @Range(min = 1 << 20, max = 1L << 40) long memoryBytes,
    List<String> allow,
    boolean honourRobotsTag,
    String userAgent,
    @Range(min = 0, max = 1_000_000) int lostHosts) {

  /** What the config has where it says nothing. */
  public static final FetchSettings DEFAULT =
      new FetchSettings(
          15,
          2,
          60,
          20 << 20,
          5,
          256,
          8,
          256 << 20,
          List.of(),
          true,
          "facet-prepare/0.1 (collects pictures for research; fetch.user_agent says who)",
          200);

  public FetchSettings {
    allow = List.copyOf(allow);
    AddressRules.check(allow);
    if (userAgent.isBlank()
        || !userAgent.chars().allMatch(letter -> letter >= ' ' && letter < 127)) {
      throw FacetException.usage(
          "fetch.user_agent must say who asks, in one line of ASCII letters, digits and signs");
    }
  }
}
