package dev.facet.loader.index;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.data.Holdout;
import dev.facet.loader.files.PictureBuffer;
import dev.facet.loader.files.PictureFiles;
import dev.facet.loader.files.PictureFolder;
import dev.facet.loader.index.Entry.Picture;
import dev.facet.loader.storage.Patience;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds entries out of the training split while a list is scanned. What names the picture decides:
 * its SHA-256 where the list tells it, else its path, else the entry's id; or its bytes, which are
 * read once for that. Thread-safe.
 */
public final class Division {
  private final Path root;
  private final Holdout holdout;
  private final PictureFiles pictures;
  private final Function<ListedFile, List<Path>> candidates;
  private final Map<ListedFile, Path> starts = new ConcurrentHashMap<>();

  /**
   * Of a list.
   *
   * @param root what messages call it
   * @param allowed the folders that no path of a picture may leave
   * @param candidates where the paths in a part may start, as {@link ListFormat#pictureFolders}
   */
  public Division(
      Path root, Holdout holdout, List<Path> allowed, Function<ListedFile, List<Path>> candidates) {
    this.root = root;
    this.holdout = holdout;
    this.pictures = PictureFiles.below(allowed);
    this.candidates = candidates;
  }

  /** The split that an entry is counted in. */
  String split(ListedFile part, Entry entry) throws IOException {
    holdout.refuseOwn(root, entry.split());
    return holdout.divides(entry.split()) ? holdout.split(hash(part, entry)) : entry.split();
  }

  private long hash(ListedFile part, Entry entry) throws IOException {
    if (holdout.byContent()) {
      EncodedImage image = Patience.sleeping().read(() -> read(part, entry.picture()));
      if (image != null) {
        return Holdout.hash(image);
      }
    }
    String sha256 = entry.sha256();
    if (sha256 != null && !sha256.isBlank()) {
      return Holdout.hash(sha256.strip().toLowerCase(Locale.ROOT));
    }
    if (entry.picture() instanceof Picture.InFile(String path)) {
      return Holdout.hash(path);
    }
    String id = entry.id();
    return Holdout.hash(id != null ? id : part.name() + "#" + entry.number());
  }

  /** A picture; null if it cannot be read, of which its row will tell. */
  private @Nullable EncodedImage read(ListedFile part, @Nullable Picture picture)
      throws IOException {
    PictureBuffer buffer = PictureBuffer.ofThread();
    EncodedImage image = new EncodedImage();
    try {
      switch (picture) {
        case null -> {
          return null;
        }
        case Picture.InFile(String path) -> {
          byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
          MemorySegment name = MemorySegment.ofArray(bytes);
          Path start = start(part, path);
          if (start == null) {
            return null;
          }
          int length = pictures.read(PictureFolder.of(start), name, 0, bytes.length, buffer);
          image.at(buffer.memory(), 0, length);
        }
        case Picture.InTar(long offset, long length) -> {
          try (FileChannel tar = FileChannel.open(part.path(), StandardOpenOption.READ)) {
            OpenTars.read(tar, part, offset, (int) Math.min(length, Integer.MAX_VALUE), buffer);
          }
          image.at(buffer.memory(), 0, (int) length);
        }
      }
      return image;
    } catch (BadSampleException e) {
      return null;
    }
  }

  /** Where a part's paths start: the first folder that one of its pictures is found in. */
  private @Nullable Path start(ListedFile part, String path) {
    return starts.computeIfAbsent(
        part,
        same ->
            candidates.apply(part).stream()
                .filter(folder -> ListedPictures.exists(folder, path))
                .findFirst()
                .orElse(null));
  }
}
