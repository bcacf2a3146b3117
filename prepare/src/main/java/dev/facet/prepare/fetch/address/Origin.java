package dev.facet.prepare.fetch.address;

import java.net.URI;

/**
 * Whom a connection is made to.
 *
 * @param host a name, or an address as URIs write it
 */
public record Origin(boolean secure, String host, int port) {

  /** Of an address in its usual form. {@link URI#getHost} knows no names with underscores. */
  public static Origin of(URI address) {
    String authority = address.getRawAuthority();
    int colon = authority.lastIndexOf(':');
    boolean named = colon > authority.lastIndexOf(']');
    return new Origin(
        address.getScheme().equals("https"),
        named ? authority.substring(0, colon) : authority,
        named
            ? Integer.parseInt(authority, colon + 1, authority.length(), 10)
            : WebAddress.usualPort(address.getScheme()));
  }

  /** The host as certificates name it: without brackets, and without a dot at its end. */
  public String peer() {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
  }
}
