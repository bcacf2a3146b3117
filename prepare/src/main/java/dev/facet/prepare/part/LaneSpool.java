package dev.facet.prepare.part;

import dev.facet.base.Json;
import dev.facet.prepare.plan.Errand;
import dev.facet.prepare.plan.ErrandCodec;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one lane of hosts gave for some parts, in one file: the records of a {@link Spool} part by
 * part, the errands that other lanes go on with, and at its end where all of that is. Gathered in a
 * scratch file in the order in which it comes, and written out in one go when everything is there.
 */
public final class LaneSpool implements AutoCloseable {
  /** Ends a file that is whole: "facetlan". */
  private static final long MAGIC = 0x66616365746c616eL;

  private static final int TRAILER = Long.BYTES + Integer.BYTES;

  /**
   * Records of one part.
   *
   * @param offset of the first byte in the file
   * @param rows in these records
   */
  public record Slice(int part, long offset, long length, long rows) {}

  /**
   * Where everything is.
   *
   * @param slices of parts, each with at least one record
   * @param onward where errands begin
   * @param end where they end
   */
  public record Contents(List<Slice> slices, long onward, long end) {
    public Contents {
      slices = List.copyOf(slices);
    }

    /** Rows of which everything is known. */
    public long rows() {
      return slices.stream().mapToLong(Slice::rows).sum();
    }
  }

  /** A file read here and there. */
  public interface Bytes {
    /** Fills an array from a place on. */
    void read(long position, byte[] into) throws IOException;
  }

  /** A record in the scratch file. */
  private record Place(long offset, int length, int rows) {}

  private final FileChannel scratch;
  private final SortedMap<Integer, List<Place>> places = new TreeMap<>();
  private final ByteArrayOutputStream onward = new ByteArrayOutputStream();
  private long end;

  /**
   * @param scratch file that is made for this, and is gone afterwards
   */
  LaneSpool(Path scratch) throws IOException {
    this.scratch =
        FileChannel.open(
            scratch,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  void add(int part, Made made) throws IOException {
    ByteBuffer record = Spool.encode(made);
    int length = record.remaining();
    synchronized (this) {
      for (long at = end; record.hasRemaining(); ) {
        at += scratch.write(record, at);
      }
      places
          .computeIfAbsent(part, its -> new ArrayList<>())
          .add(new Place(end, length, made.record().rows().size()));
      end += length;
    }
  }

  synchronized void addOnward(Errand errand) throws IOException {
    ErrandCodec.write(new DataOutputStream(onward), errand);
  }

  /** Writes the file. */
  public synchronized Contents writeTo(OutputStream out) throws IOException {
    WritableByteChannel channel = Channels.newChannel(out);
    List<Slice> slices = new ArrayList<>();
    long written = 0;
    for (var each : places.entrySet()) {
      long rows = 0;
      long start = written;
      for (Place place : each.getValue()) {
        for (long at = 0; at < place.length; ) {
          long moved = scratch.transferTo(place.offset + at, place.length - at, channel);
          if (moved <= 0) {
            throw new EOFException("the scratch file of a lane was cut");
          }
          at += moved;
        }
        written += place.length;
        rows += place.rows;
      }
      slices.add(new Slice(each.getKey(), start, written - start, rows));
    }
    onward.writeTo(out);
    Contents contents = new Contents(slices, written, written + onward.size());
    byte[] index = Json.LINE.writeValueAsBytes(contents);
    out.write(index);
    out.write(ByteBuffer.allocate(TRAILER).putInt(index.length).putLong(MAGIC).array());
    return contents;
  }

  /**
   * Reads where everything is.
   *
   * @param name of the file, for messages
   * @throws dev.facet.base.FacetException if it is not whole
   */
  public static Contents contents(String name, long size, Bytes file) throws IOException {
    byte[] trailer = new byte[TRAILER];
    if (size >= TRAILER) {
      file.read(size - TRAILER, trailer);
    }
    ByteBuffer end = ByteBuffer.wrap(trailer);
    int length = end.getInt();
    if (end.getLong() != MAGIC || length < 2 || length > size - TRAILER) {
      throw Spool.damaged(name, null);
    }
    byte[] index = new byte[length];
    file.read(size - TRAILER - length, index);
    return Json.LINE.readValue(index, Contents.class);
  }

  @Override
  public void close() throws IOException {
    scratch.close();
  }
}
