package dev.facet.prepare.whole;

import dev.facet.loader.data.Holdout;
import dev.facet.prepare.takedown.TakedownList;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is found to be removed, by all that tells it: grows while rows and shards are looked at. */
final class Removed {
  private final TakedownList list;
  private final Set<Long> samples = new HashSet<>();
  private final Set<Long> photos = new HashSet<>();
  private final Set<String> crops = new HashSet<>();
  private final Set<URI> addresses = new HashSet<>();
  private final Set<String> digests = new TreeSet<>();
  private final SortedSet<String> names = new TreeSet<>();

  Removed(TakedownList list) {
    this.list = list;
  }

  /** Whether the list itself names a row, or a picture. */
  boolean isNamed(String id, List<String> urls, @Nullable String source, @Nullable String sha256) {
    return list.names(id, TakenDown.addresses(urls, source), sha256);
  }

  /** Whether a sample is to go, by what it is called. */
  boolean hasSample(String id, @Nullable String source) {
    return samples.contains(key(id, source));
  }

  void addSample(String id, @Nullable String source) {
    samples.add(key(id, source));
    names.add(id);
  }

  /** Digests of pictures in the shards, which may stand there again. */
  Set<String> crops() {
    return crops;
  }

  /** 64 bits of the SHA-256 of each photo. */
  Set<Long> photos() {
    return photos;
  }

  boolean hasPhoto(@Nullable String sha256) {
    return sha256 != null && photos.contains(photo(sha256));
  }

  void addPhoto(String sha256) {
    photos.add(photo(sha256));
    digests.add(sha256);
    names.add(sha256);
  }

  /** Of a row that goes: what must not come back, and what other files may still hold. */
  void addRow(String id, List<String> urls, @Nullable String source) {
    addresses.addAll(TakenDown.addresses(urls, source));
    names.add(id);
    names.addAll(urls);
    if (source != null) {
      names.add(source);
    }
  }

  void addCrop(String sha256) {
    crops.add(sha256);
    names.add(sha256);
  }

  /** The list, and what it was found to mean. */
  TakedownList meant() {
    return list.with(addresses, digests);
  }

  /** Ids, addresses and digests of all that goes. */
  SortedSet<String> names() {
    return names;
  }

  private static long key(String id, @Nullable String source) {
    return Holdout.hash(id + "\n" + source);
  }

  private static long photo(String sha256) {
    return Long.parseUnsignedLong(sha256, 0, 16, 16);
  }
}
