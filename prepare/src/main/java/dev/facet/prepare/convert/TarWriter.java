package dev.facet.prepare.convert;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * A tar as POSIX.1-1988 has it (ustar), of files that belong to nobody and were never changed: the
 * same files are the same bytes.
 */
final class TarWriter implements AutoCloseable {
  private static final int BLOCK = 512;
  private static final int CHECKSUM = 148;

  private final OutputStream out;

  TarWriter(Path file) throws IOException {
    out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
  }

  /**
   * Adds a file.
   *
   * @param name of at most 100 letters of ASCII
   */
  void add(String name, byte[] content) throws IOException {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "0000644");
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, 124, String.format(Locale.ROOT, "%011o", content.length));
    put(header, 136, "00000000000");
    Arrays.fill(header, CHECKSUM, CHECKSUM + 8, (byte) ' ');
    header[156] = '0';
    put(header, 257, "ustar");
    put(header, 263, "00");
    int sum = 0;
    for (byte each : header) {
      sum += each & 0xff;
    }
    put(header, CHECKSUM, String.format(Locale.ROOT, "%06o", sum));
    header[CHECKSUM + 6] = 0;
    out.write(header);
    out.write(content);
    out.write(new byte[-content.length & (BLOCK - 1)]);
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  /** Ends the tar. */
  @Override
  public void close() throws IOException {
    try (out) {
      out.write(new byte[2 * BLOCK]);
    }
  }
}
