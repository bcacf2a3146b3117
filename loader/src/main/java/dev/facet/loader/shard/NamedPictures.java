package dev.facet.loader.shard;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Row;
import dev.facet.loader.files.PictureBuffer;
import dev.facet.loader.files.PictureFiles;
import dev.facet.loader.files.PictureFolder;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pictures whose rows tell their paths: below {@code data.image_root}, else beside the Parquet
 * file, else in the data set's folder.
 */
final class NamedPictures {
  /** Of rows that have their pictures in them. */
  static final NamedPictures NONE = new NamedPictures(List.of(), List.of(), 0);

  private final List<PictureFolder> starts;
  private final PictureFiles files;
  private final int dropPrefix;

  private NamedPictures(List<Path> starts, List<Path> allowed, int dropPrefix) {
    this.starts = starts.stream().map(PictureFolder::of).toList();
    this.files = PictureFiles.below(allowed);
    this.dropPrefix = dropPrefix;
  }

  /** Those of a file. */
  static NamedPictures of(DataSource source, Path file) {
    List<Path> starts = folders(source, file);
    Path root = source.root().toAbsolutePath();
    Path whole = Files.isDirectory(root) ? root : root.resolveSibling("");
    return new NamedPictures(
        starts, Stream.concat(starts.stream(), Stream.of(whole)).toList(), source.dropPrefix());
  }

  /** Where the paths in a file start. */
  static List<Path> folders(DataSource source, Path file) {
    Path given = source.imageRoot();
    if (given != null) {
      return List.of(given);
    }
    return Stream.of(file.toAbsolutePath().getParent(), source.root().toAbsolutePath())
        .filter(Objects::nonNull)
        .filter(Files::isDirectory)
        .map(Path::normalize)
        .distinct()
        .toList();
  }

  /**
   * Gives a row the picture at a path in UTF-8.
   *
   * @throws BadSampleException MISSING, OUTSIDE or READ_ERROR
   */
  void read(MemorySegment memory, int at, int length, Row row)
      throws IOException, BadSampleException {
    int cut = Math.min(dropPrefix, length);
    PictureBuffer buffer = PictureBuffer.ofThread();
    BadSampleException first = null;
    for (PictureFolder start : starts) {
      try {
        int read = files.read(start, memory, at + cut, length - cut, buffer);
        row.image().at(buffer.memory(), 0, read);
        return;
      } catch (BadSampleException e) {
        if (e.reason() != Reason.MISSING && e.reason() != Reason.OUTSIDE) {
          throw e;
        }
        first = first == null ? e : first;
      }
    }
    throw notFound(PictureFiles.name(memory, at + cut, length - cut), first);
  }

  private static BadSampleException notFound(String path, @Nullable BadSampleException first) {
    return first == null || path.contains("://")
        ? PictureFiles.missing(
            path, "is an address: download the pictures first, with img2dataset for instance")
        : first;
  }
}
