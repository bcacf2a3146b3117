package dev.facet.loader.parquet;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.parquet.format.CompressionCodec;
import org.jspecify.annotations.Nullable;

/**
 * Where the wanted columns of a file's row groups lie: about thirty bytes for each, so that
 * millions of rows in small groups stay a few megabytes. The numbers of group {@code g} and wanted
 * column {@code c} stand at {@code g * columns + c}.
 */
public final class RowGroups {
  /** Bytes of a footer's row group without columns: fields for them and for the rows, an end. */
  private static final int SMALLEST_GROUP = 5;

  /** Bytes that say where a column lies, after the one that ends it. */
  private static final int SMALLEST_PLACE = 4;

  private final int columns;
  private final int[] rows;
  private final long[] starts;
  private final long[] lengths;
  private final long[] sizes;
  private final int[] values;
  private final byte[] codecs;
  private final int rowColumns;
  private final int split;
  private final @Nullable String[] onlySplit;

  private RowGroups(int groups, int columns, int rowColumns, int split) {
    this.columns = columns;
    this.rowColumns = rowColumns;
    this.split = split;
    onlySplit = new @Nullable String[groups];
    rows = new int[groups];
    starts = new long[groups * columns];
    lengths = new long[groups * columns];
    sizes = new long[groups * columns];
    values = new int[groups * columns];
    codecs = new byte[groups * columns];
  }

  public int count() {
    return rows.length;
  }

  public int rows(int group) {
    return rows[group];
  }

  /** Rows of each group. */
  public List<Integer> rows() {
    return Arrays.stream(rows).boxed().toList();
  }

  /** Where in the file the first page header of a column lies. */
  public long start(int group, int column) {
    return starts[group * columns + column];
  }

  /** Bytes of its pages, headers included. */
  public long length(int group, int column) {
    return lengths[group * columns + column];
  }

  /**
   * Memory that the columns of a group's rows take once they are read: those that are not packed as
   * they lie in the file, and packed ones along with them; the others unpacked.
   */
  public long held(int group) {
    long unpacked = 0;
    long read = 0;
    boolean kept = false;
    for (int c = 0; c < rowColumns; c++) {
      boolean packed = codec(group, c) != CompressionCodec.UNCOMPRESSED;
      unpacked += packed ? sizes[group * columns + c] : 0;
      read += length(group, c);
      kept |= !packed;
    }
    return kept ? read + unpacked : unpacked;
  }

  /** Number of its values, nulls and empty lists included. */
  public int values(int group, int column) {
    return values[group * columns + column];
  }

  public CompressionCodec codec(int group, int column) {
    return Objects.requireNonNull(
        CompressionCodec.findByValue(codecs[group * columns + column])); // known when it was read
  }

  /** The split of all rows of a group; null if only its rows can tell. */
  public @Nullable String onlySplit(int group) {
    return onlySplit[group];
  }

  /** Reads the list of row groups that a footer's reader stands at. */
  static RowGroups read(
      ThriftReader in,
      int leaves,
      List<Schema.Leaf> wanted,
      int rowColumns,
      int split,
      long fileLength)
      throws IOException {
    int[] place = new int[leaves];
    Arrays.fill(place, -1);
    for (int c = 0; c < wanted.size(); c++) {
      place[wanted.get(c).number()] = c;
    }
    int count = in.list();
    // A group says something about each column, and where a wanted one lies, in so many bytes.
    if (count > in.left() / (SMALLEST_GROUP + leaves + SMALLEST_PLACE * wanted.size())) {
      throw new IOException(
          "has a footer that cannot hold the " + count + " row groups it promises");
    }
    RowGroups groups = new RowGroups(count, wanted.size(), rowColumns, split);
    for (int g = 0; g < count; g++) {
      groups.readGroup(in, g, place, fileLength);
    }
    return groups;
  }

  private void readGroup(ThriftReader in, int g, int[] place, long fileLength) throws IOException {
    boolean complete = false;
    in.enter();
    while (in.next()) {
      switch (in.id()) {
        case 1 -> {
          complete = in.list() == place.length;
          for (int i = 0; i < place.length; i++) {
            require(complete, g);
            readColumn(in, place[i] < 0 ? -1 : g * columns + place[i]);
          }
        }
        case 3 -> rows[g] = in.int32();
        default -> in.skip();
      }
    }
    require(complete && rows[g] >= 0, g);
    for (int at = g * columns; rows[g] > 0 && at < (g + 1) * columns; at++) {
      requireInside(at, fileLength);
    }
  }

  /** Of a group without rows writers say whatever they like. */
  private void requireInside(int at, long fileLength) throws IOException {
    if (starts[at] < 4 || lengths[at] < 0 || lengths[at] > fileLength - starts[at]) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "a column of %d bytes at %d is outside the file",
              lengths[at],
              starts[at]));
    }
  }

  private static void require(boolean complete, int group) throws IOException {
    if (!complete) {
      throw new IOException("row group " + group + " does not have the columns of the schema");
    }
  }

  /** {@code ColumnChunk}; its numbers go to {@code at}, unless that is negative. */
  private void readColumn(ThriftReader in, int at) throws IOException {
    boolean described = false;
    in.enter();
    while (in.next()) {
      switch (in.id()) {
        case 1 -> throw new UnsupportedOperationException("keeps its columns in other files");
        case 3 -> {
          described = true;
          if (at < 0) {
            in.skip();
          } else {
            readDescription(in, at);
          }
        }
        default -> in.skip();
      }
    }
    if (at >= 0 && !described) {
      throw new UnsupportedOperationException(
          "has encrypted columns: write it again without encryption");
    }
  }

  /** {@code ColumnMetaData}. */
  private void readDescription(ThriftReader in, int at) throws IOException {
    long data = 0;
    long dictionary = 0;
    in.enter();
    while (in.next()) {
      switch (in.id()) {
        case 4 -> codecs[at] = codec(in.int32());
        case 5 -> values[at] = in.int32();
        case 6 -> sizes[at] = Math.clamp(in.int64(), 0, Block.LONGEST);
        case 7 -> lengths[at] = in.int64();
        case 9 -> data = in.int64();
        case 11 -> dictionary = in.int64();
        case 12 -> {
          if (split >= 0 && at % columns == split) {
            onlySplit[at / columns] =
                onlyValue(in, at < columns ? null : onlySplit[at / columns - 1]);
          } else {
            in.skip();
          }
        }
        default -> in.skip();
      }
    }
    // Some writers put 0 where there is no dictionary.
    starts[at] = dictionary > 0 && dictionary < data ? dictionary : data;
  }

  /**
   * {@code Statistics}: the one value that all rows have, if so; {@code before} where it is equal.
   */
  private static @Nullable String onlyValue(ThriftReader in, @Nullable String before)
      throws IOException {
    long nulls = -1;
    String most = null;
    String least = null;
    in.enter();
    while (in.next()) {
      switch (in.id()) {
        case 3 -> nulls = in.int64();
        case 5 -> most = in.string();
        case 6 -> least = in.string();
        default -> in.skip();
      }
    }
    if (nulls != 0 || least == null || !least.equals(most)) {
      return null;
    }
    return least.equals(before) ? before : least;
  }

  private static byte codec(int number) throws IOException {
    if (CompressionCodec.findByValue(number) == null) {
      throw new IOException("a column has a codec of unknown number " + number);
    }
    return (byte) number;
  }
}
