package dev.facet.loader.files;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.storage.StorageException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** Reads pictures through the JDK, on any system. */
final class ChannelFiles implements PictureFiles {
  private final PictureRoots roots;

  ChannelFiles(PictureRoots roots) {
    this.roots = roots;
  }

  @Override
  public int read(
      PictureFolder start, MemorySegment from, long path, int length, PictureBuffer into)
      throws IOException, BadSampleException {
    int full = roots.resolve(start, from, path, length);
    String name = PictureFiles.name(PictureRoots.path(), 0, full);
    try {
      Path file = Path.of(name);
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw PictureFiles.missing(name, "is not a file");
      }
      ByteBuffer buffer = into.bytes(attributes.size(), name);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
      }
      roots.saw(full);
      return buffer.position();
    } catch (InvalidPathException e) {
      throw PictureFiles.missing(name, "is not a path");
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      StorageException storage = StorageException.of(Path.of(name), e);
      if (storage != null) {
        throw storage;
      }
      roots.hold(full);
      throw e instanceof NoSuchFileException
          ? PictureFiles.missing(name, "does not exist")
          : PictureFiles.unreadable(name, String.valueOf(e.getMessage()));
    }
  }
}
