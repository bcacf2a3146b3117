package dev.facet.loader.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the members of a tar file by their headers alone: ustar (POSIX.1-1988), GNU long names
 * and large sizes, and the pax records {@code path} and {@code size} (POSIX.1-2001).
 */
final class TarReader {
  private static final int BLOCK = 512;

  /** Longest name or pax record read; real ones have a few hundred bytes. */
  private static final int MOST_EXTRA = 1 << 20;

  private final FileChannel channel;
  private final long length;
  private final byte[] header = new byte[BLOCK];
  private final ByteBuffer window = ByteBuffer.allocate(1 << 14).limit(0);
  private long windowStart;
  private long position;
  private final List<String> problems = new ArrayList<>();
  private boolean stopped;

  private String name = "";
  private long offset;
  private long size;

  TarReader(FileChannel channel) throws IOException {
    this.channel = channel;
    this.length = channel.size();
  }

  /** Path of the member as it is written. */
  String name() {
    return name;
  }

  /** Where its content begins in the file. */
  long offset() {
    return offset;
  }

  long size() {
    return size;
  }

  /** Where members were lost: headers that are damaged, an end that comes too early. */
  List<String> problems() {
    return problems;
  }

  /**
   * Goes to the next file in the archive that lies in it as a whole. Where a header is damaged, the
   * next one that is not is looked for.
   *
   * @return false if there is none; {@link #problems} tells whether there should be
   * @throws IOException if this is no tar file, or cannot be read
   */
  boolean next() throws IOException {
    String longName = null;
    long longSize = -1;
    while (!stopped && readHeader()) {
      size = longSize >= 0 && !isExtra() ? longSize : number(124, 12);
      offset = position + BLOCK;
      if (size < 0 || size > length - offset) {
        stop("it ends within the member at byte " + position);
        return false;
      }
      name = longName != null && !isExtra() ? longName : shortName();
      position = offset + size + (BLOCK - size % BLOCK) % BLOCK;
      switch (header[156]) {
        case 'L' -> {
          byte[] extra = extra();
          longName = text(extra, 0, extra.length);
        }
        case 'x' -> {
          Pax pax = Pax.parse(extra());
          longName = pax.path() != null ? pax.path() : longName;
          longSize = pax.size() >= 0 ? pax.size() : longSize;
        }
        case 'K', 'g', 'X' -> {} // names of link targets, remarks
        case '0', 0, '7' -> {
          if (!name.endsWith("/")) {
            return true;
          }
          longName = null;
          longSize = -1;
        }
        default -> { // folders, links, devices
          longName = null;
          longSize = -1;
        }
      }
    }
    return false;
  }

  private void stop(String problem) {
    problems.add(problem);
    stopped = true;
  }

  /** The content of the member, or of a stretch that was found earlier. */
  byte[] bytes(long from, int count) throws IOException {
    byte[] bytes = new byte[count];
    read(from, bytes);
    return bytes;
  }

  private boolean isExtra() {
    return header[156] == 'L' || header[156] == 'K' || header[156] == 'x' || header[156] == 'g';
  }

  /** Whether there is another header; only the end of the file ends them for good. */
  private boolean readHeader() throws IOException {
    boolean zeros = false;
    boolean damaged = false;
    while (length - position >= BLOCK) {
      read(position, header);
      boolean zero = isZero();
      if (zero && zeros) {
        return findJoined();
      }
      if (!zero && checksumHolds()) {
        return true;
      }
      if (!zero && !damaged) {
        if (position == 0) {
          throw new IOException("it is no tar file" + insteadOfATar());
        }
        problems.add("its header at byte " + position + " is damaged");
        damaged = true;
      }
      // Zeros within what follows a damaged header may be a picture's.
      zeros = zero && !damaged;
      position += BLOCK;
    }
    if (!zeros && !damaged) {
      stop("it ends without an end mark at byte " + length);
    }
    return false;
  }

  /** What the file is by its first bytes, with the cure. */
  private String insteadOfATar() {
    if (header[0] == 0x1f && (header[1] & 0xff) == 0x8b) {
      return ", but compressed: add .gz to its name and unpack it with gunzip";
    }
    boolean packed = header[0] == 'B' || header[0] == 0x28 || (header[0] & 0xff) == 0xfd;
    return packed ? "; if it is compressed, unpack it first" : ": copy it again";
  }

  /** Looks behind an end mark, two blocks of zeros: tars joined by {@code cat} go on there. */
  private boolean findJoined() throws IOException {
    long end = position + BLOCK;
    while (length - position >= BLOCK) {
      read(position, header);
      if (!isZero()) {
        if (!checksumHolds()) {
          stop("what stands behind its end mark, from byte " + end + " on, is no member");
        }
        return !stopped;
      }
      position += BLOCK;
    }
    return false;
  }

  private boolean isZero() {
    for (byte each : header) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  /** The sum of all bytes with blanks in place of the sum; old programs added signed ones. */
  private boolean checksumHolds() {
    long unsigned = 0;
    long signed = 0;
    for (int i = 0; i < BLOCK; i++) {
      byte each = i >= 148 && i < 156 ? (byte) ' ' : header[i];
      unsigned += each & 0xff;
      signed += each;
    }
    long written = number(148, 8);
    return written == unsigned || written == signed;
  }

  /** Octal digits, or big-endian bytes where the first bit is set; negative if it is neither. */
  private long number(int from, int count) {
    if ((header[from] & 0x80) != 0) {
      long value = header[from] & 0x7f;
      for (int i = 1; i < count; i++) {
        if (value > Long.MAX_VALUE >> 8) {
          return Long.MAX_VALUE;
        }
        value = value << 8 | (header[from + i] & 0xff);
      }
      return value;
    }
    String digits =
        new String(header, from, count, StandardCharsets.ISO_8859_1).replace('\0', ' ').strip();
    try {
      return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private String shortName() {
    String last = text(header, 0, 100);
    boolean posix = header[257] == 'u' && header[262] == 0; // GNU keeps other things in the prefix
    String prefix = posix ? text(header, 345, 155) : "";
    return prefix.isEmpty() ? last : prefix + "/" + last;
  }

  private byte[] extra() throws IOException {
    if (size > MOST_EXTRA) {
      problems.add("the name at byte " + offset + " has " + size + " bytes");
      return new byte[0];
    }
    return bytes(offset, (int) size);
  }

  /** Up to the first zero byte. */
  private static String text(byte[] bytes, int from, int most) {
    int end = from;
    while (end < from + most && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }

  /** Small members, and the header after them, come with one reading. */
  private void read(long from, byte[] into) throws IOException {
    if (into.length > window.capacity()) {
      fill(ByteBuffer.wrap(into), from);
      return;
    }
    if (from < windowStart || from + into.length > windowStart + window.limit()) {
      window.clear();
      windowStart = from;
      window.limit((int) Math.min(window.capacity(), length - from));
      fill(window, from);
      window.flip();
    }
    window.get((int) (from - windowStart), into);
  }

  private void fill(ByteBuffer into, long from) throws IOException {
    while (into.hasRemaining()) {
      if (channel.read(into, from + into.position()) < 0) {
        throw new IOException("it was cut while it was read");
      }
    }
  }

  /** What a pax header says about the member after it. */
  private record Pax(@Nullable String path, long size) {
    /**
     * Records are {@code length key=value\n}, the length being that of the whole record in bytes; a
     * value may hold anything. A broken record ends them.
     */
    static Pax parse(byte[] records) {
      String path = null;
      long size = -1;
      int next;
      for (int at = 0; (next = end(records, at)) > 0; at = next) {
        // Every byte is a letter, so that lengths stay what they are.
        String record = new String(records, at, next - 1 - at, StandardCharsets.ISO_8859_1);
        int key = record.indexOf(' ') + 1;
        if (record.startsWith("path=", key)) {
          int from = at + key + 5;
          path = new String(records, from, next - 1 - from, StandardCharsets.UTF_8);
        } else if (record.startsWith("size=", key)) {
          try {
            size = Long.parseLong(record.substring(key + 5));
          } catch (NumberFormatException e) {
            size = Long.MAX_VALUE; // no such member fits
          }
        }
      }
      return new Pax(path, size);
    }

    /** Where the record ends that begins at {@code at}; 0 if there is no whole one. */
    private static int end(byte[] records, int at) {
      int length = 0;
      int digits = at;
      while (digits < records.length && records[digits] >= '0' && records[digits] <= '9') {
        length = Math.min(10 * length + records[digits++] - '0', MOST_EXTRA);
      }
      boolean whole =
          digits > at
              && length > digits - at + 1
              && length <= records.length - at
              && records[digits] == ' '
              && records[at + length - 1] == '\n';
      return whole ? at + length : 0;
    }
  }
}
