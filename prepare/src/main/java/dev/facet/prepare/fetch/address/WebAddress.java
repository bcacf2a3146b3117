package dev.facet.prepare.fetch.address;

import java.net.IDN;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses as people and servers write them, in the one form in which they are sent: scheme and
 * host in small letters, the host in ASCII (punycode), no usual port, no {@code .} and {@code ..},
 * no fragment, and what no address may hold percent-encoded as UTF-8 (RFC 3986).
 */
public final class WebAddress {
  private static final int LONGEST = 8192;
  private static final Pattern LINE_ENDS = Pattern.compile("[\\t\\r\\n]+");
  private static final Pattern ABSOLUTE =
      Pattern.compile(
          "(https?)://([^/?#\\\\]*)([^?#]*)(\\?[^#]*)?(?:#.*)?",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern SCHEME =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[^\\[\\]@]*]|[^:@\\[\\]]+)(?::(\\d{0,5}))?");
  private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+(?:\\.[a-z0-9_-]+)*\\.?");
  private static final Pattern NUMBER_LAST = Pattern.compile("(?:.*\\.)?(?:\\d+|0x[0-9a-f]*)\\.?");

  /** What stands for itself behind the host: RFC 3986's unreserved and reserved, less #[]. */
  private static final String PLAIN = "-._~!$&'()*+,;=:@/?";

  private WebAddress() {}

  /**
   * An address in its usual form; null if it is no http or https address, names a user, or has a
   * host or port that cannot be.
   */
  public static @Nullable URI of(String written) {
    String text = LINE_ENDS.matcher(written.strip()).replaceAll("");
    Matcher parts = ABSOLUTE.matcher(text);
    if (text.length() > LONGEST || !parts.matches()) {
      return null;
    }
    String scheme = parts.group(1).toLowerCase(Locale.ROOT);
    Matcher authority = AUTHORITY.matcher(parts.group(2));
    String host = authority.matches() ? host(authority.group(1)) : null;
    if (host == null) {
      return null;
    }
    String port = authority.group(2);
    if (port != null && !port.isEmpty()) {
      int number = Integer.parseInt(port);
      if (number < 1 || number > 65_535) {
        return null;
      }
      port = number == usualPort(scheme) ? "" : ":" + number;
    }
    String query = parts.group(4);
    return URI.create(
        scheme
            + "://"
            + host
            + (port == null ? "" : port)
            + withoutDots(encoded(parts.group(3).replace('\\', '/')))
            + (query == null ? "" : encoded(query)));
  }

  /**
   * Where an answer sends to, in the usual form; null as for {@link #of}.
   *
   * @param base whose answer it is, in the usual form
   * @param location as it stands in the header, absolute or relative (RFC 3986, 5.2)
   */
  public static @Nullable URI of(URI base, String location) {
    String target = location.strip();
    if (SCHEME.matcher(target).matches()) {
      return of(target);
    }
    String origin = base.getScheme() + "://" + base.getRawAuthority();
    String path = base.getRawPath();
    if (target.isEmpty() || target.startsWith("#")) {
      return base;
    }
    if (target.startsWith("//")) {
      return of(base.getScheme() + ":" + target);
    }
    if (target.startsWith("/")) {
      return of(origin + target);
    }
    if (target.startsWith("?")) {
      return of(origin + path + target);
    }
    return of(origin + path.substring(0, path.lastIndexOf('/') + 1) + target);
  }

  public static int usualPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  /** A host in its usual form; null for what cannot be one. */
  public static @Nullable String host(String written) {
    if (written.startsWith("[")) {
      return isIpv6(written.substring(1, written.length() - 1))
          ? written.toLowerCase(Locale.ROOT)
          : null;
    }
    String host;
    try {
      host = IDN.toASCII(written, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return null;
    }
    boolean possible = host.length() <= 253 && NAME.matcher(host).matches();
    return possible && (!NUMBER_LAST.matcher(host).matches() || literal(host) != null)
        ? host
        : null;
  }

  /**
   * The address that a host is by itself, in any form that C's inet_addr takes; null for a name.
   */
  public static @Nullable InetAddress literal(String host) {
    try {
      if (host.startsWith("[")) {
        return InetAddress.ofLiteral(host.substring(1, host.length() - 1));
      }
      return Inet4Address.ofPosixLiteral(
          host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean isIpv6(String address) {
    return address.indexOf('%') < 0
        && address.indexOf(':') >= 0
        && literal("[" + address + "]") != null;
  }

  private static String encoded(String part) {
    StringBuilder result = new StringBuilder(part.length() + 16);
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      int letter = bytes[i] & 0xff;
      if (isPlain(letter) || (letter == '%' && isHex(bytes, i + 1) && isHex(bytes, i + 2))) {
        result.append((char) letter);
      } else {
        result.append(String.format(Locale.ROOT, "%%%02X", letter));
      }
    }
    return result.toString();
  }

  private static boolean isPlain(int letter) {
    return letter < 128 && (Character.isLetterOrDigit(letter) || PLAIN.indexOf(letter) >= 0);
  }

  private static boolean isHex(byte[] bytes, int at) {
    return at < bytes.length && bytes[at] > 0 && Character.digit(bytes[at], 16) >= 0;
  }

  /** RFC 3986, 5.2.4. */
  private static String withoutDots(String path) {
    if (path.isEmpty()) {
      return "/";
    }
    if (!path.contains("/.")) {
      return path;
    }
    Deque<String> kept = new ArrayDeque<>();
    String[] segments = path.substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      String segment = segments[i];
      boolean last = i == segments.length - 1;
      if (segment.equals("..")) {
        kept.pollLast();
      } else if (!segment.equals(".")) {
        kept.addLast(segment);
      }
      if (last && (segment.equals("..") || segment.equals("."))) {
        kept.addLast("");
      }
    }
    return "/" + String.join("/", kept);
  }
}
