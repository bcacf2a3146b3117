package dev.facet.loader.files;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.storage.Anchor;
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
  private final Path root;
  private final Anchor anchor;
  private final SeenFolders seen = new SeenFolders();

  ChannelFiles(Path root) {
    this.root = root;
    this.anchor = Anchor.at(root);
  }

  @Override
  public int read(MemorySegment from, long path, int length, PictureBuffer into)
      throws IOException, BadSampleException {
    String name = PictureFiles.name(from, path, length);
    try {
      Path file = root.resolve(name);
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw PictureFiles.missing(name, "is not a file");
      }
      ByteBuffer buffer = into.bytes(attributes.size(), name);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
      }
      seen.add(from, path, length);
      return buffer.position();
    } catch (InvalidPathException e) {
      throw PictureFiles.missing(name, "is not a path");
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      StorageException storage = StorageException.of(root.resolve(name), e);
      if (storage != null) {
        throw storage;
      }
      seen.hold(anchor, root, from, path, length);
      throw e instanceof NoSuchFileException
          ? PictureFiles.missing(name, "does not exist")
          : PictureFiles.unreadable(name, String.valueOf(e.getMessage()));
    }
  }
}
