package dev.facet.loader.index;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.files.PictureBuffer;
import dev.facet.loader.files.PictureFiles;
import dev.facet.loader.storage.Anchor;
import dev.facet.loader.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The tar files that a chunk's pictures are in, open as long as the chunk is. */
public final class OpenTars implements AutoCloseable {
  private final int[] numbers;
  private final List<ListedFile> parts;
  private final List<FileChannel> channels = new ArrayList<>();

  private OpenTars(int[] numbers, List<ListedFile> parts) {
    this.numbers = numbers;
    this.parts = parts;
  }

  /** Of entries whose pictures lie in files of their own. */
  public static OpenTars none() {
    return new OpenTars(new int[0], List.of());
  }

  /**
   * Opens some of the parts.
   *
   * @param numbers of those parts, ascending
   * @param anchor of the folder that they are in
   * @throws IOException if one is gone, or is not the file that was indexed
   * @throws StorageException if it is not the file's fault that it cannot be opened
   */
  public static OpenTars open(List<ListedFile> all, int[] numbers, Anchor anchor)
      throws IOException {
    OpenTars open = new OpenTars(numbers, Arrays.stream(numbers).mapToObj(all::get).toList());
    try {
      for (ListedFile part : open.parts) {
        open.channels.add(part.open(anchor));
      }
      return open;
    } catch (IOException e) {
      open.close();
      throw e;
    }
  }

  /** Reads a stretch of a part to the begin of a buffer. */
  void read(int part, long offset, int length, PictureBuffer into)
      throws IOException, BadSampleException {
    int place = Arrays.binarySearch(numbers, part);
    read(channels.get(place), parts.get(place), offset, length, into);
  }

  /** Reads a stretch of a tar that is open. */
  static void read(FileChannel channel, ListedFile its, long offset, int length, PictureBuffer into)
      throws IOException, BadSampleException {
    ByteBuffer buffer = into.bytes(length, its.name());
    try {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, offset + buffer.position()) < 0) {
          throw PictureFiles.unreadable(
              its.name(),
              String.format(
                  Locale.ROOT, "it ends before byte %d: it was cut while in use", offset + length));
        }
      }
    } catch (ClosedChannelException e) {
      throw e; // the thread was interrupted, or the chunk is closed: no fault of the picture
    } catch (IOException e) {
      StorageException storage = StorageException.of(its.path(), e);
      if (storage != null) {
        throw storage;
      }
      throw PictureFiles.unreadable(its.name(), String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    for (FileChannel channel : channels) {
      try {
        channel.close();
      } catch (IOException e) {
        // It was only read from.
      }
    }
  }
}
