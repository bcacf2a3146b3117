package dev.facet.prepare.part;

import dev.facet.base.Json;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Puts a part together from what several lanes have of it. Every record is looked at on the way: it
 * must be whole, and no row may occur twice.
 */
public final class PartWriter {
  private final OutputStream out;
  private final Set<Long> rows = new HashSet<>();

  /**
   * @param out that becomes the part's {@link Parts#spool}
   */
  public PartWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * Adds records.
   *
   * @param in at the first of them
   * @param length in bytes
   * @param file that they stand in, for messages
   * @throws dev.facet.base.FacetException if it is not what was written
   */
  public void add(InputStream in, long length, String file) throws IOException {
    DataInputStream data = new DataInputStream(in);
    byte[] prefix = new byte[Spool.PREFIX];
    for (long left = length; left > 0; ) {
      data.readFully(prefix);
      ByteBuffer numbers = ByteBuffer.wrap(prefix);
      int size = numbers.getInt();
      int header = numbers.getInt();
      int crc = numbers.getInt();
      left -= Spool.PREFIX + (long) size;
      if (header < 2 || size < header || left < 0) {
        throw Spool.damaged(file, null);
      }
      byte[] record = data.readNBytes(size);
      CRC32C found = new CRC32C();
      found.update(record);
      if (record.length < size || (int) found.getValue() != crc) {
        throw Spool.damaged(file, null);
      }
      for (RowRecord row : Json.LINE.readValue(record, 0, header, PhotoRecord.class).rows()) {
        if (!rows.add(row.ordinal())) {
          throw Spool.damaged(file, null);
        }
      }
      out.write(prefix);
      out.write(record);
    }
  }

  /** Rows that were added. */
  public long rows() {
    return rows.size();
  }
}
