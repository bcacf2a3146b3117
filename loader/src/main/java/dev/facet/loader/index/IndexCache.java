package dev.facet.loader.index;

import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import dev.facet.base.FacetException;
import dev.facet.base.Sha256;
import dev.facet.base.Staged;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the index of a list or makes it: beside the data, or in the cache folder where that cannot
 * be written. An index is used as long as the names, sizes and times of all files it was made from
 * are the same, and so are the settings.
 */
public record IndexCache(List<Path> places) {
  private static final String PREFIX = ".facet-index-";

  /**
   * Where an index may lie.
   *
   * @param settings all that decides what a scan makes of the same files
   */
  public static IndexCache of(Path root, Path cacheFolder, String settings) {
    Path absolute = root.toAbsolutePath().normalize();
    Path folder = Files.isDirectory(absolute) ? absolute : ListedFile.parent(absolute);
    String file = Files.isDirectory(absolute) ? "" : String.valueOf(absolute.getFileName());
    return new IndexCache(
        List.of(
            folder.resolve(PREFIX + hash(settings, file).substring(0, 12) + ".bin"),
            cacheFolder.resolve(
                "index-" + hash(settings, absolute.toString()).substring(0, 24) + ".bin")));
  }

  /** {@code $XDG_CACHE_HOME/facet}, or {@code ~/.cache/facet}. */
  public static Path cacheFolder() {
    String given = System.getenv("XDG_CACHE_HOME");
    return given != null && Path.of(given).isAbsolute()
        ? Path.of(given, "facet")
        : Path.of(System.getProperty("user.home", "."), ".cache", "facet");
  }

  /**
   * The index of a list as it is now.
   *
   * @param whenScanned called with the root after all entries have been read anew, if they had to
   *     be; may refuse them
   * @throws FacetException if the list cannot be read, or nothing can be written anywhere
   */
  public Index index(
      ListFormat format,
      Division division,
      Consumer<Path> whenScanned,
      Path root,
      List<ListedFile> parts) {
    byte[] fingerprint = fingerprint(parts);
    Index found = find(fingerprint);
    if (found != null) {
      return found;
    }
    IOException last = new IOException("no folder may be written");
    for (Path place : places) {
      try {
        build(format, division, whenScanned, root, parts, place, fingerprint);
        return Index.open(place, fingerprint);
      } catch (IOException e) {
        last = e;
      }
    }
    throw FacetException.run(
        "cannot write the index of %s to %s (%s): make room there, or let XDG_CACHE_HOME name a folder that can be written"
            .formatted(root, places.getLast().getParent(), last.getMessage()),
        last);
  }

  /** Whether there is an index of a list as it is now. */
  public boolean holds(List<ListedFile> parts) {
    return find(fingerprint(parts)) != null;
  }

  private @Nullable Index find(byte[] fingerprint) {
    for (Path place : places) {
      try {
        return Index.open(place, fingerprint);
      } catch (IOException e) {
        // Not there, damaged or outdated: all cured by making it.
      }
    }
    return null;
  }

  private static void build(
      ListFormat format,
      Division division,
      Consumer<Path> whenScanned,
      Path root,
      List<ListedFile> parts,
      Path place,
      byte[] fingerprint)
      throws IOException {
    if (!mayWrite(place)) {
      throw new IOException("no permission to write");
    }
    try (Staged staged = Staged.file(place)) {
      try (IndexWriter writer = new IndexWriter(staged.path())) {
        OrderedScan.run(format, division, parts, writer);
        if (writer.isEmpty()) {
          throw FacetException.usage(
              "%s has no entries: %s"
                  .formatted(
                      root,
                      writer.notes().isEmpty()
                          ? "nothing is listed in " + names(parts)
                          : writer.notes().getFirst()));
        }
        whenScanned.accept(root);
        writer.finish(fingerprint, parts);
      }
      staged.commit();
    }
  }

  /**
   * Whether a file may be written. Root may write everywhere; what is marked as read-only is left
   * alone all the same.
   */
  public static boolean mayWrite(Path file) throws IOException {
    Path folder = ListedFile.parent(file);
    if (!Files.exists(folder)) {
      return true;
    }
    PosixFileAttributeView posix = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
    boolean nobodyMay =
        posix != null
            && Collections.disjoint(
                posix.readAttributes().permissions(),
                Set.of(OWNER_WRITE, GROUP_WRITE, OTHERS_WRITE));
    return !nobodyMay && Files.isWritable(folder);
  }

  private static String names(List<ListedFile> parts) {
    return parts.getFirst().name() + (parts.size() == 1 ? "" : " and the files after it");
  }

  private static byte[] fingerprint(List<ListedFile> parts) {
    MessageDigest digest = Sha256.digest();
    for (ListedFile part : parts) {
      digest.update((part.name() + "\n" + part.split() + "\n").getBytes(StandardCharsets.UTF_8));
      digest.update(ByteBuffer.allocate(16).putLong(part.size()).putLong(part.stamp()).flip());
    }
    return digest.digest();
  }

  private static String hash(String settings, String file) {
    return Sha256.hex(settings + "\n" + file);
  }
}
