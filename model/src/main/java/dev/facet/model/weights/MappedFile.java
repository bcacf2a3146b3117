package dev.facet.model.weights;

import dev.facet.base.FacetException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file as read-only memory of any size; all views of it end when it is closed. */
public final class MappedFile implements AutoCloseable {
  private final Path path;
  private final Arena arena;
  private final MemorySegment bytes;

  private MappedFile(Path path, Arena arena, MemorySegment bytes) {
    this.path = path;
    this.arena = arena;
    this.bytes = bytes;
  }

  /** Maps a file. */
  @SuppressWarnings("resource") // the arena is closed with this object, or here on failure
  public static MappedFile open(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw FacetException.usage(path + ": no such file");
    }
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return new MappedFile(
          path, arena, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  public Path path() {
    return path;
  }

  public MemorySegment bytes() {
    return bytes;
  }

  /** Writable memory outside the heap that lives as long as the map. */
  public MemorySegment allocate(long size) {
    return arena.allocate(size, 64);
  }

  @Override
  public void close() {
    arena.close();
  }
}
