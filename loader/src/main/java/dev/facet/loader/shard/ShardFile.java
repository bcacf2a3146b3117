package dev.facet.loader.shard;

import dev.facet.base.FacetException;
import dev.facet.loader.parquet.Footer;
import dev.facet.loader.parquet.RowGroups;
import dev.facet.loader.parquet.UnreadableException;
import dev.facet.loader.storage.Anchor;
import dev.facet.loader.storage.Patience;
import dev.facet.loader.storage.StorageException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One Parquet file as it was when the data set was opened. Its footer is read when somebody needs
 * it, and only where the wanted columns lie is kept of it. Thread-safe.
 */
final class ShardFile {
  /** What a footer says, as far as it matters. */
  record Contents(ColumnMap columns, RowGroups groups) {}

  private static final String CURE = ": delete it and make or copy it again";

  private final Path path;
  private final String name;
  private final long length;
  private final FileTime modified;
  private final ColumnMapper mapper;
  private final @Nullable List<Integer> listed;
  private final Anchor anchor;
  private volatile @Nullable Contents contents;

  private ShardFile(
      Path path,
      BasicFileAttributes now,
      ColumnMapper mapper,
      @Nullable List<Integer> listed,
      Anchor anchor) {
    this.path = path;
    this.name = path.getFileName().toString();
    this.length = now.size();
    this.modified = now.lastModifiedTime();
    this.mapper = mapper;
    this.listed = listed;
    this.anchor = anchor;
  }

  /**
   * A file, without looking into it.
   *
   * @param listed rows of each row group, if a manifest tells
   * @param anchor of the folder that the data is read from
   * @throws FacetException if it is not there
   */
  static ShardFile at(
      Path path, ColumnMapper mapper, @Nullable List<Integer> listed, Anchor anchor) {
    try {
      return new ShardFile(
          path, Files.readAttributes(path, BasicFileAttributes.class), mapper, listed, anchor);
    } catch (NoSuchFileException e) {
      throw FacetException.run("shard " + path + " is missing: copy or make it again", e);
    } catch (IOException e) {
      throw FacetException.run("shard " + path + " " + new UnreadableException(e).getMessage(), e);
    }
  }

  Path path() {
    return path;
  }

  /** Name of the file, without its folder. */
  String name() {
    return name;
  }

  /** Rows of each row group as a manifest has it; null if none says. */
  @Nullable List<Integer> listed() {
    return listed;
  }

  long length() {
    return length;
  }

  /** Time of the last change, in nanoseconds. */
  long stamp() {
    return modified.to(TimeUnit.NANOSECONDS);
  }

  /**
   * Opens the file, if it still is the one it was.
   *
   * @throws IOException naming the file and the cure
   * @throws StorageException if it is not the file's fault that it cannot be opened
   */
  FileChannel open() throws IOException {
    BasicFileAttributes now;
    FileChannel channel;
    try {
      now = Files.readAttributes(path, BasicFileAttributes.class);
      channel = FileChannel.open(path, StandardOpenOption.READ);
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      StorageException storage = StorageException.of(path, e);
      if (storage != null) {
        throw storage;
      }
      anchor.hold(path);
      throw new IOException(
          "shard %s %s"
              .formatted(
                  path,
                  e instanceof NoSuchFileException
                      ? "is gone since the data was opened: put it back and start again"
                      : new UnreadableException(e).getMessage()),
          e);
    }
    if (now.size() == length && now.lastModifiedTime().equals(modified)) {
      return channel;
    }
    channel.close();
    throw new IOException(
        String.format(
            Locale.ROOT,
            "shard %s was changed while it was in use (%d bytes of %s, now %d bytes of %s): leave"
                + " the data alone during a run; start again to read what is there now",
            path,
            length,
            modified,
            now.size(),
            now.lastModifiedTime()));
  }

  /**
   * What is in the file.
   *
   * @throws FacetException if its footer is damaged, or it lacks a column
   */
  Contents contents() {
    Contents known = contents;
    if (known != null) {
      return known;
    }
    try {
      return Patience.sleeping().read(this::openAndRead);
    } catch (UnsupportedOperationException | IOException e) {
      throw FacetException.run(describe(e), e);
    }
  }

  private Contents openAndRead() throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return read(channel);
    } catch (FileSystemException e) {
      StorageException storage = StorageException.of(path, e);
      throw storage != null ? storage : e;
    }
  }

  /**
   * What is in the file, which was opened.
   *
   * @throws IOException if that is not what it should be
   */
  Contents contents(FileChannel channel) throws IOException {
    Contents known = contents;
    if (known != null) {
      return known;
    }
    try {
      return read(channel);
    } catch (FacetException e) {
      throw new IOException(e.getMessage(), e);
    } catch (ClosedByInterruptException | StorageException e) {
      throw e; // the file is not to blame
    } catch (UnsupportedOperationException | IOException e) {
      throw new IOException(describe(e), e);
    }
  }

  private Contents read(FileChannel channel) throws IOException {
    Footer footer = Footer.read(path, channel);
    ColumnMap columns = mapper.map(path, footer.schema());
    RowGroups groups =
        footer.rowGroups(columns.wanted(), columns.rowColumns().length, columns.split());
    if (listed != null && !listed.equals(groups.rows())) {
      throw new IOException(
          "has row groups of %s rows where the manifest says %s".formatted(groups.rows(), listed));
    }
    Contents read = new Contents(columns, groups);
    contents = read;
    return read;
  }

  private String describe(Exception e) {
    Exception known =
        e instanceof FileSystemException opening ? new UnreadableException(opening) : e;
    boolean damaged = known instanceof IOException && !(known instanceof UnreadableException);
    return "shard " + path + " " + known.getMessage() + (damaged ? CURE : "");
  }
}
