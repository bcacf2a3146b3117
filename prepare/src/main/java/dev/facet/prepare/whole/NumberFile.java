package dev.facet.prepare.whole;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;

/**
 * A number of each photo, or of each sample, on disk: 8 bytes for each, written once and then read
 * from the front as often as wanted. For one thread.
 */
final class NumberFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final DataOutputStream out;
  private int size;

  /** A new file. */
  NumberFile(Path path) throws IOException {
    this.path = path;
    this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(path), BUFFER));
  }

  /**
   * Adds one.
   *
   * @throws ArithmeticException past 2³¹ numbers
   */
  void add(long number) throws IOException {
    out.writeLong(number);
    size = Math.incrementExact(size);
  }

  /** How many there are. */
  int size() {
    return size;
  }

  /** Ends the adding. */
  @Override
  public void close() throws IOException {
    out.close();
  }

  /** Opens it at its first number, once it is closed. */
  Cursor open() throws IOException {
    return new Cursor(path);
  }

  /** Calls for each number, in their order. */
  void forEach(LongConsumer each) throws IOException {
    try (Cursor cursor = open()) {
      for (int i = 0; i < size; i++) {
        each.accept(cursor.next());
      }
    }
  }

  /** All numbers. */
  long[] all() throws IOException {
    long[] all = new long[size];
    try (Cursor cursor = open()) {
      for (int i = 0; i < size; i++) {
        all[i] = cursor.next();
      }
    }
    return all;
  }

  /** Where somebody is who reads. */
  static final class Cursor implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).limit(0);

    private Cursor(Path path) throws IOException {
      this.path = path;
      this.channel = FileChannel.open(path, StandardOpenOption.READ);
    }

    /** The next number; there must be one. */
    long next() throws IOException {
      if (!buffer.hasRemaining()) {
        fill();
      }
      return buffer.getLong();
    }

    private void fill() throws IOException {
      buffer.clear();
      do {
        if (channel.read(buffer) < 0) {
          throw new IOException(path + " is shorter than it was written");
        }
      } while (buffer.position() % Long.BYTES != 0);
      buffer.flip();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
