package dev.facet.prepare.fetch.address;

import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All addresses that begin with the same bits.
 *
 * @param first one of them, 4 or 16 bytes
 * @param bits how many
 */
record AddressBlock(byte[] first, int bits) {

  private static final Pattern FOUR_NUMBERS = Pattern.compile("\\d+(?:\\.\\d+){3}");

  /** From {@code 10.0.0.0/8}, {@code fc00::/7} or one address; null if it is none of these. */
  static @Nullable AddressBlock parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    byte[] bytes;
    if (address.indexOf(':') < 0 && !FOUR_NUMBERS.matcher(address).matches()) {
      return null; // Two or three would be an address too, but hardly the one that is meant.
    }
    try {
      bytes = InetAddress.ofLiteral(address).getAddress();
    } catch (IllegalArgumentException e) {
      return null;
    }
    if (slash < 0) {
      return new AddressBlock(bytes, bytes.length * 8);
    }
    String bits = text.substring(slash + 1);
    boolean possible = bits.matches("\\d{1,3}") && Integer.parseInt(bits) <= bytes.length * 8;
    return possible ? new AddressBlock(bytes, Integer.parseInt(bits)) : null;
  }

  boolean has(byte[] address) {
    if (address.length != first.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit += 8) {
      int mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit)) & 0xff;
      if (((address[bit / 8] ^ first[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
