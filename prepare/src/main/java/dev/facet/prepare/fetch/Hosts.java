package dev.facet.prepare.fetch;

/** Which hosts may be asked from here; where many machines fetch, each has some of its own. */
public interface Hosts {
  /** One machine fetches all. */
  Hosts ALL = host -> true;

  /** Whether a host, as {@link Trail#host} names it, may be asked. */
  boolean has(String host);
}
