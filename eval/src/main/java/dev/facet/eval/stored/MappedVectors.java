package dev.facet.eval.stored;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Vectors written one after the other into a file, as float32 numbers in this machine's byte order,
 * to be mapped: they take as much memory as the system has to spare, and none of the heap.
 */
public final class MappedVectors implements AutoCloseable {
  private static final int BUFFER = 1 << 20;

  private final FileChannel file;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.nativeOrder());

  /** Makes the file, or empties it. */
  public MappedVectors(Path path) throws IOException {
    file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
  }

  /** Adds the vector that the first {@code width} numbers are, at most 262,144. */
  public void add(float[] numbers, int width) throws IOException {
    if (buffer.remaining() < width * Float.BYTES) {
      drain();
    }
    buffer.asFloatBuffer().put(numbers, 0, width);
    buffer.position(buffer.position() + width * Float.BYTES);
  }

  private void drain() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
    buffer.clear();
  }

  /** All of them; they stay readable until nobody holds them, also when the file is deleted. */
  public MemorySegment map() throws IOException {
    drain();
    return file.map(FileChannel.MapMode.READ_ONLY, 0, file.size(), Arena.ofAuto());
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
