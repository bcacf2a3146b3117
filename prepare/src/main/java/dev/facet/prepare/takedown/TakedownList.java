package dev.facet.prepare.takedown;

import dev.facet.base.FacetException;
import dev.facet.base.Sha256;
import dev.facet.prepare.fetch.address.Addresses;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What must not be in a data set: rows by their id, pictures by an address or by the SHA-256 of
 * their bytes, hosts with all that is below them. Only the SHA-256 of each entry is kept, so that
 * what stands in a manifest for good tells nobody what was removed.
 */
public final class TakedownList {
  /** Nothing was asked for. */
  public static final TakedownList NONE = new TakedownList(Set.of());

  private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{64}");

  private final Set<String> entries;

  private TakedownList(Collection<String> entries) {
    this.entries = new TreeSet<>(entries);
  }

  /**
   * Reads a list: an entry per line, {@code id:}, {@code url:}, {@code sha256:} or {@code host:}
   * before it; without that, 64 hex digits are a digest, what has {@code ://} is an address, and
   * everything else an id. Blank lines and those that begin with {@code #} say nothing.
   *
   * @throws FacetException if it cannot be read, or an entry is not what it says
   */
  public static TakedownList read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (MalformedInputException e) {
      throw FacetException.usage(file + " is not UTF-8 text: save it as UTF-8");
    } catch (IOException e) {
      throw FacetException.usage(
          "the take-down list "
              + file
              + " cannot be read ("
              + e.getMessage()
              + "): give a text file");
    }
    Set<String> entries = new TreeSet<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        String entry = entry(line);
        if (entry == null) {
          throw FacetException.usage(
              String.format(
                  Locale.ROOT,
                  "%s:%d: '%s' is no http or https address, no host and no SHA-256: write id:,"
                      + " url:, sha256: or host: and what is meant",
                  file,
                  i + 1,
                  line));
        }
        entries.add(Sha256.hex(entry));
      }
    }
    return new TakedownList(entries);
  }

  /** The list that a manifest keeps. */
  public static TakedownList of(@Nullable List<String> kept) {
    return kept == null ? NONE : new TakedownList(kept);
  }

  /** Both together. */
  public TakedownList with(TakedownList other) {
    Set<String> all = new TreeSet<>(entries);
    all.addAll(other.entries);
    return new TakedownList(all);
  }

  /** What is kept of it. */
  public List<String> entries() {
    return List.copyOf(entries);
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Whether the row of an id is on it. */
  public boolean hasId(String id) {
    return has("id:" + id);
  }

  /** Whether a picture is on it, by the SHA-256 of its bytes in hex. */
  public boolean hasDigest(String sha256) {
    return has("sha256:" + sha256.toLowerCase(Locale.ROOT));
  }

  /** Whether an address is on it, or its host, or a host above that. */
  public boolean hasAddress(URI address) {
    if (entries.isEmpty()) {
      return false;
    }
    if (has("url:" + address)) {
      return true;
    }
    String host = address.getHost();
    return host != null && hasHost(host);
  }

  /** Whether a host is on it, or one above that. */
  public boolean hasHost(String name) {
    String host = name;
    while (!entries.isEmpty() && !host.isEmpty()) {
      if (has("host:" + host)) {
        return true;
      }
      int dot = host.indexOf('.');
      host = dot < 0 ? "" : host.substring(dot + 1);
    }
    return false;
  }

  /**
   * Whether anything of a row is on it.
   *
   * @param addresses all that it has
   * @param sha256 of its picture, in hex; null if it has none
   */
  public boolean names(String id, List<URI> addresses, @Nullable String sha256) {
    return hasId(id)
        || addresses.stream().anyMatch(this::hasAddress)
        || (sha256 != null && hasDigest(sha256));
  }

  /** With pictures besides, as far as it does not name them yet: their addresses and digests. */
  public TakedownList with(Collection<URI> addresses, Collection<String> digests) {
    Set<String> more = new TreeSet<>();
    addresses.stream()
        .filter(address -> !hasAddress(address))
        .forEach(address -> more.add(Sha256.hex("url:" + address)));
    digests.forEach(digest -> more.add(Sha256.hex("sha256:" + digest.toLowerCase(Locale.ROOT))));
    return with(new TakedownList(more));
  }

  private boolean has(String entry) {
    return !entries.isEmpty() && entries.contains(Sha256.hex(entry));
  }

  /** An entry in the one form that is compared; null if it cannot be. */
  private static @Nullable String entry(String line) {
    int colon = line.indexOf(':');
    String kind = colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT);
    String rest = line.substring(colon + 1).strip();
    return switch (kind) {
      case "id" -> rest.isEmpty() ? null : "id:" + rest;
      case "url" -> address(rest);
      case "host" -> host(rest);
      case "sha256" ->
          DIGEST.matcher(rest).matches() ? "sha256:" + rest.toLowerCase(Locale.ROOT) : null;
      default -> {
        if (DIGEST.matcher(line).matches()) {
          yield "sha256:" + line.toLowerCase(Locale.ROOT);
        }
        yield line.contains("://") ? address(line) : "id:" + line;
      }
    };
  }

  private static @Nullable String address(String written) {
    List<URI> found = Addresses.of(List.of(written));
    return found.isEmpty() ? null : "url:" + found.getFirst();
  }

  private static @Nullable String host(String written) {
    List<URI> found = Addresses.of(List.of("http://" + written + "/"));
    return found.isEmpty() || found.getFirst().getHost() == null
        ? null
        : "host:" + found.getFirst().getHost();
  }
}
