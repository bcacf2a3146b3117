package dev.facet.loader.shard;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Row;
import dev.facet.loader.files.PictureBuffer;
import dev.facet.loader.files.PictureFiles;
import dev.facet.loader.files.PicturePath;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
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
  static final NamedPictures NONE = new NamedPictures(List.of(), 0);

  private final List<PictureFiles> places;
  private final int dropPrefix;

  private NamedPictures(List<PictureFiles> places, int dropPrefix) {
    this.places = places;
    this.dropPrefix = dropPrefix;
  }

  /** Those of a file. */
  static NamedPictures of(DataSource source, Path file) {
    return new NamedPictures(
        folders(source, file).stream().map(PictureFiles::below).toList(), source.dropPrefix());
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
   * @throws BadSampleException MISSING or READ_ERROR
   */
  void read(MemorySegment memory, int at, int length, Row row)
      throws IOException, BadSampleException {
    int cut = Math.min(dropPrefix, length);
    if (PicturePath.staysInside(memory, at + cut, length - cut)) {
      readInside(memory, at + cut, length - cut, row);
      return;
    }
    // Written on Windows, or with .. in it.
    String written = PictureFiles.name(memory, at + cut, length - cut);
    byte[] tidy = PicturePath.tidy(written).getBytes(StandardCharsets.UTF_8);
    MemorySegment path = MemorySegment.ofArray(tidy);
    if (!PicturePath.staysInside(path, 0, tidy.length)) {
      throw PictureFiles.missing(written, "leads out of the image folder and is not read");
    }
    readInside(path, 0, tidy.length, row);
  }

  private void readInside(MemorySegment memory, int at, int length, Row row)
      throws IOException, BadSampleException {
    PictureBuffer buffer = PictureBuffer.ofThread();
    BadSampleException first = null;
    for (PictureFiles place : places) {
      try {
        int read = place.read(memory, at, length, buffer);
        row.image().at(buffer.memory(), 0, read);
        return;
      } catch (BadSampleException e) {
        if (e.reason() != Reason.MISSING) {
          throw e;
        }
        first = first == null ? e : first;
      }
    }
    throw notFound(PictureFiles.name(memory, at, length), first);
  }

  private static BadSampleException notFound(String path, @Nullable BadSampleException first) {
    return first == null || path.contains("://")
        ? PictureFiles.missing(
            path, "is an address: download the pictures first, with img2dataset for instance")
        : first;
  }
}
