package dev.facet.loader.parquet;

import static dev.facet.loader.parquet.Bounds.require;

import dev.facet.loader.storage.Patience;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.PageType;
import org.jspecify.annotations.Nullable;

/**
 * One column of a row group after the other, a page at a time: however large the row group is, no
 * more than a page of it is in memory. Everything a page says is checked before it is believed. For
 * one thread.
 */
public final class ColumnPages implements AutoCloseable {
  /** Bytes that are read at once; most pages fit. */
  private static final int WINDOW = 1 << 18;

  /** A header is shorter, unless its statistics quote whole pictures. */
  private static final int LONGEST_HEADER = 1 << 24;

  /** Bytes that any page may unpack to. */
  private static final long MODEST = 256L << 20;

  /** How many times its packed bytes a larger one may unpack to; texts do not pack so well. */
  private static final long MOST_RATIO = 64;

  private final Path path;
  private final FileChannel channel;
  private final Schema.Leaf leaf;
  private final ThriftReader thrift = new ThriftReader();
  private final PageHeader page = new PageHeader();
  private final Unpacker unpacker = new Unpacker();
  private final ColumnDecoder decoder = new ColumnDecoder();
  private final CRC32 crc = new CRC32();

  private Block window = Block.of(WINDOW);
  private Block content = Block.of(WINDOW);

  /** Of the file, what the window holds. */
  private long windowFrom;

  private long windowTo;

  private CompressionCodec codec = CompressionCodec.UNCOMPRESSED;
  private long position;
  private long end;
  private long valuesLeft;
  private boolean begun;

  /** Bytes that the dictionary takes at the begin of the content. */
  private int wordBytes;

  /**
   * Of an open file.
   *
   * @param path for messages
   */
  public ColumnPages(Path path, FileChannel channel, Schema.Leaf leaf) {
    this.path = path;
    this.channel = channel;
    this.leaf = leaf;
  }

  /**
   * Goes to the begin of the column in a row group.
   *
   * @param column its number among those whose places are known
   */
  public void begin(RowGroups groups, int group, int column) {
    position = groups.start(group, column);
    end = position + groups.length(group, column);
    codec = groups.codec(group, column);
    valuesLeft = groups.values(group, column);
    begun = false;
    wordBytes = 0;
    windowFrom = 0;
    windowTo = 0;
    decoder.begin();
  }

  /**
   * Reads the next page of values; slots before its first row belong to the row before.
   *
   * @return false if there is none, and all values that were promised have come
   * @throws IOException if it is damaged, in words that follow the name of the place
   * @throws UnsupportedOperationException if it is sound and of a kind that is not read
   */
  public boolean next(Values out) throws IOException {
    while (valuesLeft > 0) {
      require(position < end, "the pages of a column do not hold the values promised");
      readHeader();
      require(page.length <= end - position, "a page is longer than its column");
      if (!page.isData() && page.type != PageType.DICTIONARY_PAGE) {
        position += page.length;
        continue;
      }
      unpack();
      position += page.length;
      if (page.isData()) {
        valuesLeft -= page.values;
        require(valuesLeft >= 0, "the pages of a column hold more values than promised");
        decoder.decodePage(leaf, page, window.memory(), content.memory(), out);
        require(begun || out.beginsWithRow(), "page begins in the middle of a row");
        begun = true;
        return true;
      }
      require(!begun && wordBytes == 0, "a column has a second dictionary");
      wordBytes = page.size;
      decoder.decodeWords(leaf, page, content.memory());
    }
    return false;
  }

  private void readHeader() throws IOException {
    for (int length = 1 << 12; ; length *= 8) {
      need(length);
      long from = position - windowFrom;
      thrift.at(window.memory(), from, windowTo - windowFrom);
      try {
        page.read(thrift);
        position += thrift.position() - from;
        return;
      } catch (IOException e) {
        if (windowTo == end || length >= LONGEST_HEADER) {
          throw e;
        }
      }
    }
  }

  /** Checks the page that follows its header, and unpacks it behind the dictionary. */
  private void unpack() throws IOException {
    need(page.length);
    page.at = (int) (position - windowFrom);
    CompressionCodec its = page.packed ? codec : CompressionCodec.UNCOMPRESSED;
    int levels = page.levelBytes();
    int length = page.length - levels;
    int size = page.size - levels;
    require(
        its == CompressionCodec.UNCOMPRESSED
            ? size == length
            : size <= Unpacker.most(its, window, page.at + levels, length)
                && size <= Math.max(MODEST, MOST_RATIO * length),
        "a page promises more than its bytes can hold");
    if (page.hasCrc) {
      crc.reset();
      crc.update(window.bytes().limit(page.at + page.length).position(page.at));
      window.bytes().clear();
      require((int) crc.getValue() == page.crc, "a page does not have the checksum it had");
    }
    page.unpackedAt = wordBytes;
    long needed = (long) wordBytes + size;
    require(needed <= Block.LONGEST, "a page is longer than 2 GB");
    if (content.size() < needed) {
      Block larger = Block.of(Math.min(needed + needed / 4, Block.LONGEST));
      MemorySegment.copy(content.memory(), 0, larger.memory(), 0, wordBytes);
      content.arena().close();
      content = larger;
    }
    if (size > 0) {
      unpacker.unpack(its, window, page.at + levels, length, content, page.unpackedAt, size);
    }
  }

  /** Has so many bytes from the position on in the window, or all that the column has left. */
  private void need(long length) throws IOException {
    long to = Math.min(end, position + length);
    if (position >= windowFrom && to <= windowTo) {
      return;
    }
    long from = position;
    long until = Math.min(end, Math.max(to, from + WINDOW));
    require(until - from <= Block.LONGEST, "a page is longer than 2 GB");
    if (window.size() < until - from) {
      window.arena().close();
      window = Block.of(Math.min(until - from + (until - from) / 4, Block.LONGEST));
    }
    Patience.sleeping().<@Nullable Void, IOException>read(() -> fill(from, (int) (until - from)));
    windowFrom = from;
    windowTo = until;
  }

  private @Nullable Void fill(long from, int length) throws IOException {
    window.bytes().clear().limit(length);
    while (window.bytes().hasRemaining()) {
      long at = from + window.bytes().position();
      if (UnreadableException.read(path, channel, window.bytes(), at) < 0) {
        throw new EOFException("the file ends while it is read");
      }
    }
    window.bytes().clear();
    return null;
  }

  @Override
  public void close() {
    window.arena().close();
    content.arena().close();
    unpacker.close();
  }
}
