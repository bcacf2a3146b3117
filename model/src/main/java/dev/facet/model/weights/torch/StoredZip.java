package dev.facet.model.weights.torch;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a zip file whose bytes lie in it as they are, as views of the map. Sizes and
 * places come from the central directory (PKWARE APPNOTE 4.3, with the 64-bit extensions of 4.5.3);
 * torch.save compresses nothing, so that an entry which is compressed is refused when asked for.
 */
final class StoredZip {
  private static final int MAX_ENTRIES = 50_000;
  private static final int MAX_DIRECTORY = 8 << 20;
  private static final int END = 22;
  private static final long SATURATED = 0xFFFF_FFFFL;

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private record Entry(boolean stored, long size, long header) {}

  private final MemorySegment file;
  private final Refusals refusals;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private long directoryAt;

  private StoredZip(MemorySegment file, Refusals refusals) {
    this.file = file;
    this.refusals = refusals;
  }

  static StoredZip read(MemorySegment file, Refusals refusals) {
    StoredZip zip = new StoredZip(file, refusals);
    try {
      zip.readDirectory();
    } catch (IndexOutOfBoundsException e) {
      throw refusals.broken("its zip directory points outside the file");
    }
    return zip;
  }

  Set<String> names() {
    return entries.keySet();
  }

  /** An entry's bytes, or null if there is no such entry. */
  @Nullable MemorySegment find(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      return null;
    }
    if (!entry.stored) {
      throw refusals.broken("its entry " + name + " is compressed or encrypted");
    }
    try {
      if (u4(entry.header) != 0x04034B50) {
        throw refusals.broken("its entry " + name + " has no header");
      }
      long data = entry.header + 30 + u2(entry.header + 26) + u2(entry.header + 28);
      if (data > directoryAt || entry.size > directoryAt - data) {
        throw refusals.broken("its entry " + name + " reaches past the end of the data");
      }
      return file.asSlice(data, entry.size);
    } catch (IndexOutOfBoundsException e) {
      throw refusals.broken("its entry " + name + " lies outside the file");
    }
  }

  private void readDirectory() {
    long end = findEnd();
    long count = u2(end + 10);
    long size = u4(end + 12);
    directoryAt = u4(end + 16);
    if (end >= 20 && u4(end - 20) == 0x07064B50) {
      long end64 = file.get(LONG, end - 12);
      if (end64 < 0 || u4(end64) != 0x06064B50) {
        throw refusals.broken("its 64-bit zip directory is missing");
      }
      count = file.get(LONG, end64 + 32);
      size = file.get(LONG, end64 + 40);
      directoryAt = file.get(LONG, end64 + 48);
    }
    if (directoryAt < 0 || directoryAt > end || size < 0 || size > end - directoryAt) {
      throw refusals.broken("its zip directory lies outside the file");
    }
    if (count < 0 || count > MAX_ENTRIES || size > MAX_DIRECTORY) {
      throw refusals.broken("its zip directory has more than " + MAX_ENTRIES + " entries or 8 MiB");
    }
    long at = directoryAt;
    for (long i = 0; i < count; i++) {
      at = readEntry(at, directoryAt + size);
    }
  }

  private long readEntry(long at, long limit) {
    if (at > limit - 46 || u4(at) != 0x02014B50) {
      throw refusals.broken("its zip directory is cut off");
    }
    int nameLength = u2(at + 28);
    long extra = at + 46 + nameLength;
    long next = extra + u2(at + 30) + u2(at + 32);
    if (next > limit) {
      throw refusals.broken("its zip directory is cut off");
    }
    String name =
        new String(
            file.asSlice(at + 46, nameLength).toArray(ValueLayout.JAVA_BYTE),
            StandardCharsets.UTF_8);
    Wide wide = new Wide(extra, extra + u2(at + 30));
    long size = wide.or(u4(at + 24));
    long packed = wide.or(u4(at + 20));
    long header = wide.or(u4(at + 42));
    boolean encrypted = (u2(at + 8) & 1) != 0;
    boolean stored = u2(at + 10) == 0 && packed == size && !encrypted;
    if (size < 0 || header < 0 || header > file.byteSize()) {
      throw refusals.broken("its entry " + Refusals.shown(name) + " lies outside the file");
    }
    if (entries.put(name, new Entry(stored, size, header)) != null) {
      throw refusals.broken("two of its entries are named " + Refusals.shown(name));
    }
    return next;
  }

  /** The 64-bit numbers of an entry, in the order in which its 32-bit fields are saturated. */
  private final class Wide {
    private long at;
    private long end;

    Wide(long extra, long limit) {
      for (long field = extra; field + 4 <= limit; field += 4 + u2(field + 2)) {
        if (u2(field) == 1) {
          at = field + 4;
          end = Math.min(limit, at + u2(field + 2));
          return;
        }
      }
    }

    long or(long narrow) {
      if (narrow != SATURATED || at + 8 > end) {
        return narrow;
      }
      at += 8;
      return file.get(LONG, at - 8);
    }
  }

  /** Where the end record begins: it and its comment, up to 64 KiB, are the last thing. */
  private long findEnd() {
    long last = file.byteSize() - END;
    for (long at = last; at >= 0 && at >= last - 0xFFFF; at--) {
      if (u4(at) == 0x06054B50 && at + END + u2(at + 20) == file.byteSize()) {
        return at;
      }
    }
    throw refusals.broken("its zip directory is missing, the file is cut off");
  }

  private int u2(long at) {
    return file.get(SHORT, at) & 0xFFFF;
  }

  private long u4(long at) {
    return file.get(INT, at) & SATURATED;
  }
}
