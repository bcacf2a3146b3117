package dev.facet.loader.shard;

import static dev.facet.loader.parquet.Bounds.require;

import dev.facet.loader.parquet.Block;
import dev.facet.loader.parquet.ColumnDecoder;
import dev.facet.loader.parquet.PageHeader;
import dev.facet.loader.parquet.RowGroups;
import dev.facet.loader.parquet.ThriftReader;
import dev.facet.loader.parquet.Unpacker;
import dev.facet.loader.parquet.UnreadableException;
import dev.facet.loader.parquet.Values;
import dev.facet.loader.storage.StorageException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.PageType;

/**
 * Reads row groups: the wanted columns in as few reads as possible, each page checked, unpacked and
 * decoded to places in native memory. Keeps its tools for the next row group. For one thread.
 */
final class RowGroupReader implements AutoCloseable {
  private final ShardMemory memory;
  private final ReadPlan plan = new ReadPlan();
  private final ThriftReader thrift = new ThriftReader();
  private final Unpacker unpacker = new Unpacker();
  private final ColumnDecoder decoder = new ColumnDecoder();
  private final CRC32 crc = new CRC32();
  private final List<PageHeader> pages = new ArrayList<>();
  private int[] firstPage = new int[1];

  RowGroupReader(ShardMemory memory) {
    this.memory = memory;
  }

  /**
   * Reads part of a row group; what comes back is to be given back to the memory.
   *
   * @throws IOException naming the file and the cure
   * @throws StorageException if the file is not to blame
   */
  static RowGroup read(ShardFile file, int number, WantedColumns part, ShardMemory memory)
      throws IOException {
    RowGroupReader reader = memory.takeReader();
    try (FileChannel channel = file.open()) {
      ShardFile.Contents contents = file.contents(channel);
      return reader.read(channel, file, contents, number, part);
    } finally {
      memory.give(reader);
    }
  }

  private RowGroup read(
      FileChannel channel,
      ShardFile file,
      ShardFile.Contents contents,
      int number,
      WantedColumns part)
      throws IOException {
    RowGroup group = memory.takeGroup();
    group.expect(contents.columns().wanted().size());
    boolean done = false;
    try {
      fill(file.path(), channel, contents, number, part.of(contents.columns()), group);
      done = true;
      return group;
    } catch (ClosedByInterruptException | StorageException e) {
      throw e; // the file is not to blame
    } catch (UnreadableException e) {
      throw new IOException(
          String.format(Locale.ROOT, "row group %d of %s %s", number, file.path(), e.getMessage()),
          e);
    } catch (UnsupportedOperationException e) {
      // A sound file of a kind that is not read; a copy of it would be no better.
      throw new IOException(
          String.format(
              Locale.ROOT,
              "row group %d of %s cannot be read: %s",
              number,
              file.path(),
              e.getMessage()),
          e);
    } catch (IOException | RuntimeException e) {
      // The libraries report damaged pages by exceptions of their own.
      throw new IOException(
          String.format(
              Locale.ROOT,
              "row group %d of %s cannot be read (%s): delete the file and make or copy it again",
              number,
              file.path(),
              e.getMessage()),
          e);
    } finally {
      if (!done) {
        memory.give(group);
      }
    }
  }

  private void fill(
      Path path,
      FileChannel channel,
      ShardFile.Contents contents,
      int number,
      int[] columns,
      RowGroup group)
      throws IOException {
    RowGroups groups = contents.groups();
    for (int column : columns) {
      // Before arrays are made for values that a few bytes can promise.
      if (contents.columns().wanted().get(column).maxRepetition() == 0
          && groups.values(number, column) != groups.rows(number)) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "a column has %d values for %d rows",
                groups.values(number, column),
                groups.rows(number)));
      }
    }
    plan.plan(groups, number, columns);
    Block read = memory.blocks().take(plan.size());
    group.read = read;
    plan.read(path, channel, read);
    long unpackedSize = findPages(groups, number, columns, read);
    Block unpacked = memory.blocks().take(unpackedSize);
    group.unpacked = unpacked;
    boolean packedOnly = true;
    for (int k = 0; k < columns.length; k++) {
      int column = columns[k];
      CompressionCodec codec = groups.codec(number, column);
      boolean packed = codec != CompressionCodec.UNCOMPRESSED;
      packedOnly &= packed;
      for (int p = firstPage[k]; p < firstPage[k + 1]; p++) {
        check(pages.get(p), read);
        if (packed) {
          unpack(codec, pages.get(p), read, unpacked);
        }
      }
      Values values = group.column(column);
      decoder.decode(
          contents.columns().wanted().get(column),
          pages.subList(firstPage[k], firstPage[k + 1]),
          read.memory(),
          packed ? unpacked.memory() : read.memory(),
          packed,
          values);
      if (values.rows() != groups.rows(number)) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "a column has %d rows where %d are promised",
                values.rows(),
                groups.rows(number)));
      }
    }
    if (packedOnly) {
      group.read = null;
      memory.give(read);
    }
  }

  /** Reads the headers of all pages and gives each a place to be unpacked to; bytes for that. */
  private long findPages(RowGroups groups, int number, int[] columns, Block read)
      throws IOException {
    if (firstPage.length <= columns.length) {
      firstPage = new int[columns.length + 1];
    }
    int count = 0;
    long unpacked = 0;
    for (int k = 0; k < columns.length; k++) {
      firstPage[k] = count;
      CompressionCodec codec = groups.codec(number, columns[k]);
      long position = plan.place(k);
      long end = position + groups.length(number, columns[k]);
      long values = groups.values(number, columns[k]);
      while (values > 0 && position < end) {
        PageHeader page = page(count);
        thrift.at(read.memory(), position, end);
        page.read(thrift);
        position = thrift.position();
        require(page.length <= end - position, "a page is longer than its column");
        page.at = (int) position;
        position += page.length;
        if (!page.isData() && page.type != PageType.DICTIONARY_PAGE) {
          continue;
        }
        values -= page.isData() ? page.values : 0;
        requireSize(page, page.packed ? codec : CompressionCodec.UNCOMPRESSED, read);
        page.unpackedAt = (int) unpacked;
        unpacked += codec == CompressionCodec.UNCOMPRESSED ? 0 : page.size - page.levelBytes();
        plan.requireModest(unpacked);
        count++;
      }
      require(values == 0, "the pages of a column do not hold the values promised");
    }
    firstPage[columns.length] = count;
    return unpacked;
  }

  /** Before memory is taken for a page: whether its bytes can hold what it promises. */
  private static void requireSize(PageHeader page, CompressionCodec codec, Block read)
      throws IOException {
    int length = page.length - page.levelBytes();
    int size = page.size - page.levelBytes();
    require(
        codec == CompressionCodec.UNCOMPRESSED
            ? size == length
            : size <= Unpacker.most(codec, read, page.at + page.levelBytes(), length),
        "a page promises more than its bytes can hold");
  }

  private void check(PageHeader page, Block read) throws IOException {
    if (page.hasCrc) {
      crc.reset();
      crc.update(read.bytes().limit(page.at + page.length).position(page.at));
      read.bytes().clear();
      require((int) crc.getValue() == page.crc, "a page does not have the checksum it had");
    }
  }

  private void unpack(CompressionCodec codec, PageHeader page, Block read, Block unpacked)
      throws IOException {
    int levels = page.levelBytes();
    if (page.size > levels) {
      unpacker.unpack(
          page.packed ? codec : CompressionCodec.UNCOMPRESSED,
          read,
          page.at + levels,
          page.length - levels,
          unpacked,
          page.unpackedAt,
          page.size - levels);
    }
  }

  private PageHeader page(int number) {
    if (number == pages.size()) {
      pages.add(new PageHeader());
    }
    return pages.get(number);
  }

  @Override
  public void close() {
    unpacker.close();
  }
}
