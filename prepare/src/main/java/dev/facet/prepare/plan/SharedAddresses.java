package dev.facet.prepare.plan;

import dev.facet.loader.data.Holdout;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Addresses that rows lead to which are not asked for together: one row names it behind another
 * address, and some other row names it too. What came of such an address has to be kept until all
 * of these rows are done. Known by their hashes, so a few more may be among them than there are.
 */
public final class SharedAddresses {
  private static final String NAME = "shared.hashes";

  private final long[] sorted;

  private SharedAddresses(long[] sorted) {
    this.sorted = sorted;
  }

  /** Reads those of a plan. */
  static SharedAddresses read(Path folder) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(NAME)));
    long[] sorted = new long[bytes.remaining() / Long.BYTES];
    bytes.asLongBuffer().get(sorted);
    return new SharedAddresses(sorted);
  }

  /** Whether an address is one. */
  public boolean has(URI address) {
    return Arrays.binarySearch(sorted, hash(address)) >= 0;
  }

  private static long hash(URI address) {
    return Holdout.hash(address.toString());
  }

  /** Finds them while rows are planned: memory holds 8 bytes for each address but first ones. */
  static final class Finder implements AutoCloseable {
    private final Path folder;
    private final Path firsts;
    private final DataOutputStream first;
    private long rows;
    private long[] later = new long[16];
    private int count;

    /**
     * @param folder of the plan
     */
    Finder(Path folder) throws IOException {
      this.folder = folder;
      this.firsts = folder.resolve("first.hashes");
      this.first =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(firsts), 1 << 16));
    }

    /** Adds the addresses of a row, in the order in which they are tried. */
    void add(List<URI> addresses) throws IOException {
      for (int i = 0; i < addresses.size(); i++) {
        long hash = hash(addresses.get(i));
        if (i == 0) {
          first.writeLong(hash);
          rows++;
        } else {
          if (count == later.length) {
            later = Arrays.copyOf(later, Math.addExact(count, count / 2));
          }
          later[count++] = hash;
        }
      }
    }

    /** Writes what was found. */
    void finish() throws IOException {
      close();
      Arrays.sort(later, 0, count);
      boolean[] shared = new boolean[count];
      for (int i = 1; i < count; i++) {
        shared[i - 1] |= later[i] == later[i - 1];
      }
      if (count > 0) {
        markFirsts(shared);
      }
      Files.delete(firsts);
      try (DataOutputStream out =
          new DataOutputStream(
              new BufferedOutputStream(Files.newOutputStream(folder.resolve(NAME)), 1 << 16))) {
        for (int i = 0; i < count; i++) {
          if (shared[i] && (i == 0 || later[i] != later[i - 1])) {
            out.writeLong(later[i]);
          }
        }
      }
    }

    private void markFirsts(boolean[] shared) throws IOException {
      try (DataInputStream in = new DataInputStream(Files.newInputStream(firsts))) {
        byte[] block = new byte[1 << 16];
        for (long left = rows * Long.BYTES; left > 0; ) {
          int size = (int) Math.min(left, block.length);
          in.readFully(block, 0, size);
          for (ByteBuffer each = ByteBuffer.wrap(block, 0, size); each.hasRemaining(); ) {
            mark(each.getLong(), shared);
          }
          left -= size;
        }
      }
    }

    /** Marks a hash that stands once; of several places the lowest is marked already. */
    private void mark(long hash, boolean[] shared) {
      int at = Arrays.binarySearch(later, 0, count, hash);
      if (at >= 0) {
        shared[at] = true;
      }
    }

    @Override
    public void close() throws IOException {
      first.close();
    }
  }
}
