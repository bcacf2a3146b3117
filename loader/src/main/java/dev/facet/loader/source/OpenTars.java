package dev.facet.loader.source;

import dev.facet.loader.BadSampleException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The tar files that a chunk's pictures are in, open as long as the chunk is. */
final class OpenTars implements AutoCloseable {
  private final int firstPart;
  private final List<Part> parts;
  private final List<FileChannel> channels = new ArrayList<>();

  private OpenTars(int firstPart, List<Part> parts) {
    this.firstPart = firstPart;
    this.parts = parts;
  }

  /** Of entries whose pictures lie in files of their own. */
  static OpenTars none() {
    return new OpenTars(0, List.of());
  }

  /**
   * Opens the parts from {@code first} to {@code last}.
   *
   * @throws IOException if one is gone, or is not the file that was indexed
   */
  static OpenTars open(List<Part> all, int first, int last) throws IOException {
    OpenTars open = new OpenTars(first, all.subList(first, last + 1));
    try {
      for (Part part : open.parts) {
        part.refuseChanged();
        open.channels.add(FileChannel.open(part.path(), StandardOpenOption.READ));
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
    Part its = parts.get(part - firstPart);
    ByteBuffer buffer = into.bytes(length, its.name());
    try {
      FileChannel channel = channels.get(part - firstPart);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, offset + buffer.position()) < 0) {
          throw PictureFiles.unreadable(
              its.name(),
              "it ends before byte %d: it was cut while in use".formatted(offset + length));
        }
      }
    } catch (ClosedChannelException e) {
      throw e; // the thread was interrupted, or the chunk is closed: no fault of the picture
    } catch (IOException e) {
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
