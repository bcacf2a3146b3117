package dev.facet.prepare.fetch.address;

import dev.facet.base.FacetException;
import dev.facet.base.Printable;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which machines may be asked: all of the public network, and of the rest what the user names. A
 * published table must not be able to make Facet ask the printer, or the machine's keys of a cloud.
 *
 * <p>Blocks: IANA's registries of special-purpose addresses (RFC 6890), and multicast.
 */
public final class AddressRules {
  private static final List<AddressBlock> PRIVATE_V4 =
      blocks(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4");

  /** What of IPv6 is public, other than addresses that hold one of IPv4. */
  private static final List<AddressBlock> PUBLIC_V6 = blocks("2000::/3");

  private static final List<AddressBlock> PRIVATE_V6 =
      blocks("2001::/23", "2001:db8::/32", "3fff::/20");

  /**
   * Blocks whose addresses stand for one of IPv4, and where it begins in them: mapped (which Java
   * turns into the other by itself), NAT64, 6to4.
   */
  private static final List<Embedding> EMBEDDINGS =
      List.of(new Embedding(block("64:ff9b::/96"), 12), new Embedding(block("2002::/16"), 2));

  private record Embedding(AddressBlock block, int at) {}

  private final Set<String> allowedHosts = new HashSet<>();
  private final List<AddressBlock> allowedBlocks = new ArrayList<>();

  /** What the user allows: hosts, addresses, blocks. */
  public AddressRules(List<String> allow) {
    for (String entry : allow) {
      AddressBlock block = AddressBlock.parse(entry.strip());
      String host = block == null ? WebAddress.host(entry.strip()) : null;
      if (block != null) {
        allowedBlocks.add(block);
      } else if (host != null && WebAddress.literal(host) == null) {
        allowedHosts.add(host);
      } else {
        throw FacetException.usage(
            "fetch.allow: \"%s\" is no host, address or block: write it as localhost, 192.168.1.7 or"
                    .formatted(Printable.of(entry))
                + " 10.0.0.0/8");
      }
    }
  }

  /**
   * Looks at what a user allows.
   *
   * @throws FacetException if an entry is no host, address or block
   */
  public static void check(List<String> allow) {
    AddressRules _ = new AddressRules(allow);
  }

  /** Whether a connection may be made to an address that a host of this name is said to have. */
  public boolean permit(String host, InetAddress address) {
    byte[] bytes = address.getAddress();
    byte[] held = embedded(bytes);
    return allowedHosts.contains(host)
        || allowedBlocks.stream().anyMatch(block -> block.has(bytes))
        || (held == null
            ? isPublic(bytes)
            : isPublic(held) || allowedBlocks.stream().anyMatch(block -> block.has(held)));
  }

  private static boolean isPublic(byte[] address) {
    return address.length == 4
        ? PRIVATE_V4.stream().noneMatch(block -> block.has(address))
        : PUBLIC_V6.stream().anyMatch(block -> block.has(address))
            && PRIVATE_V6.stream().noneMatch(block -> block.has(address));
  }

  private static byte @Nullable [] embedded(byte[] address) {
    for (Embedding embedding : EMBEDDINGS) {
      if (embedding.block.has(address)) {
        return Arrays.copyOfRange(address, embedding.at, embedding.at + 4);
      }
    }
    return null;
  }

  private static List<AddressBlock> blocks(String... texts) {
    return Stream.of(texts).map(AddressRules::block).toList();
  }

  private static AddressBlock block(String text) {
    return Objects.requireNonNull(AddressBlock.parse(text));
  }
}
