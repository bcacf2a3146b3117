package dev.facet.loader.shard;

import dev.facet.base.Staged;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.index.IndexCache;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32C;

/**
 * Hashes of pictures in Parquet, so that they are read once for them and not at every start: 8
 * bytes a row, in one file beside the data or in the user's cache folder. A Parquet file that
 * changes is hashed anew. Thread-safe.
 */
final class PictureHashes {
  private static final int VERSION = 1;

  /** What stands for a hash that nobody has asked for yet. */
  static final long UNKNOWN = 0;

  /** The hashes of a Parquet file that was so long, and written then. */
  @SuppressWarnings("ArrayRecordComponent") // filled, never compared
  private record OfFile(long length, long stamp, long[] rows) {}

  private final DataSource source;
  private final List<Path> places;
  private final Map<String, OfFile> files = new ConcurrentHashMap<>();
  private final AtomicBoolean changed = new AtomicBoolean();

  private PictureHashes(DataSource source, List<Path> places) {
    this.source = source;
    this.places = places;
  }

  /** What was kept of a data set; nothing where the pictures themselves decide nothing. */
  static PictureHashes of(DataSource source) {
    if (!source.holdout().byContent()) {
      return new PictureHashes(source, List.of());
    }
    String settings =
        "hashes of %s %s %s"
            .formatted(source.fields().image(), source.imageRoot(), source.dropPrefix());
    PictureHashes hashes =
        new PictureHashes(
            source, IndexCache.of(source.root(), IndexCache.cacheFolder(), settings).places());
    for (Path place : hashes.places) {
      try {
        hashes.read(Files.readAllBytes(place));
        break;
      } catch (IOException | RuntimeException e) {
        // Not there or damaged: cured by making it.
        hashes.files.clear();
      }
    }
    return hashes;
  }

  /**
   * The hashes of all rows of a file, {@link #UNKNOWN} where they were not asked for yet: to be
   * filled in. Empty where they are not wanted.
   */
  long[] of(ShardFile file, int rows) {
    if (!source.holdout().byContent()) {
      return new long[0];
    }
    Path root = source.root().toAbsolutePath();
    return files.compute(
            root.relativize(file.path().toAbsolutePath()).toString(),
            (name, known) ->
                known != null
                        && known.length == file.length()
                        && known.stamp == file.stamp()
                        && known.rows.length == rows
                    ? known
                    : new OfFile(file.length(), file.stamp(), new long[rows]))
        .rows;
  }

  /** Whether pictures have to be read for some of these rows; then they will be. */
  boolean lack(long[] hashes, int from, int count) {
    boolean some =
        source.holdout().byContent()
            && Arrays.stream(hashes, from, from + count).anyMatch(hash -> hash == UNKNOWN);
    if (some) {
      changed.set(true);
    }
    return some;
  }

  /** Keeps what is known for the next start, if a folder can be written. */
  void keep() {
    if (!changed.getAndSet(false)) {
      return;
    }
    byte[] bytes = written();
    for (Path place : places) {
      try {
        if (IndexCache.mayWrite(place)) {
          try (Staged staged = Staged.file(place)) {
            Files.write(staged.path(), bytes);
            staged.commit();
          }
          return;
        }
      } catch (IOException e) {
        // The next place will do, or else the next start takes as long as this one.
      }
    }
  }

  private byte[] written() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(VERSION);
      out.writeInt(files.size());
      for (Map.Entry<String, OfFile> file : new TreeMap<>(files).entrySet()) {
        out.writeUTF(file.getKey());
        out.writeLong(file.getValue().length);
        out.writeLong(file.getValue().stamp);
        out.writeInt(file.getValue().rows.length);
        for (long hash : file.getValue().rows) {
          out.writeLong(hash);
        }
      }
      out.writeInt(crc(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new IllegalStateException("memory takes all that is written", e);
    }
    return bytes.toByteArray();
  }

  private void read(byte[] bytes) throws IOException {
    int end = bytes.length - Integer.BYTES;
    if (end < 0 || ByteBuffer.wrap(bytes).getInt(end) != crc(bytes, end)) {
      throw new IOException("damaged");
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    if (in.readInt() != VERSION) {
      throw new IOException("of another version");
    }
    for (int left = in.readInt(); left > 0; left--) {
      String name = in.readUTF();
      OfFile file = new OfFile(in.readLong(), in.readLong(), new long[in.readInt()]);
      for (int i = 0; i < file.rows.length; i++) {
        file.rows[i] = in.readLong();
      }
      files.put(name, file);
    }
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
