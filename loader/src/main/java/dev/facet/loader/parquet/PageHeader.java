package dev.facet.loader.parquet;

import java.io.IOException;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageType;
import org.jspecify.annotations.Nullable;

/** What stands before a page (parquet.thrift, {@code PageHeader}); read again and again. */
public final class PageHeader {
  public @Nullable PageType type;

  /** Bytes of the page in the file, without this header. */
  public int length;

  /** Bytes of the page unpacked. */
  public int size;

  /** Checksum of its bytes in the file, if there is one. */
  public int crc;

  public boolean hasCrc;

  /** Number of values, nulls and empty lists included; of a dictionary, its entries. */
  public int values;

  @Nullable Encoding encoding;
  @Nullable Encoding definitions;
  @Nullable Encoding repetitions;

  /** Bytes of levels in front of the values, never packed; only in pages of version 2. */
  int definitionBytes;

  int repetitionBytes;
  public boolean packed;

  // Where the bytes of the page begin in the block as read, and in the block of unpacked pages.
  public int at;
  public int unpackedAt;

  public boolean isData() {
    return type == PageType.DATA_PAGE || type == PageType.DATA_PAGE_V2;
  }

  /** Bytes of levels that are not packed with the values. */
  public int levelBytes() {
    return definitionBytes + repetitionBytes;
  }

  public void read(ThriftReader in) throws IOException {
    type = null;
    length = -1;
    size = -1;
    hasCrc = false;
    values = -1;
    encoding = null;
    definitions = null;
    repetitions = null;
    definitionBytes = 0;
    repetitionBytes = 0;
    packed = true;
    in.enter();
    while (in.next()) {
      switch (in.id()) {
        case 1 -> type = PageType.findByValue(in.int32());
        case 2 -> size = in.int32();
        case 3 -> length = in.int32();
        case 4 -> {
          hasCrc = true;
          crc = in.int32();
        }
        case 5 -> readData(in);
        case 7 -> readDictionary(in);
        case 8 -> readData2(in);
        default -> in.skip();
      }
    }
    boolean needsValues = isData() || type == PageType.DICTIONARY_PAGE;
    if (length < 0
        || size < 0
        || definitionBytes < 0
        || repetitionBytes < 0
        || (long) definitionBytes + repetitionBytes > Math.min(length, size)
        || (needsValues && (values < 0 || encoding == null))) {
      throw new IOException("page has an impossible header");
    }
  }

  private void readData(ThriftReader in) throws IOException {
    in.enter();
    while (in.next()) {
      switch (in.id()) {
        case 1 -> values = in.int32();
        case 2 -> encoding = Encoding.findByValue(in.int32());
        case 3 -> definitions = Encoding.findByValue(in.int32());
        case 4 -> repetitions = Encoding.findByValue(in.int32());
        default -> in.skip();
      }
    }
  }

  private void readDictionary(ThriftReader in) throws IOException {
    in.enter();
    while (in.next()) {
      switch (in.id()) {
        case 1 -> values = in.int32();
        case 2 -> encoding = Encoding.findByValue(in.int32());
        default -> in.skip();
      }
    }
  }

  private void readData2(ThriftReader in) throws IOException {
    definitions = Encoding.RLE;
    repetitions = Encoding.RLE;
    in.enter();
    while (in.next()) {
      switch (in.id()) {
        case 1 -> values = in.int32();
        case 4 -> encoding = Encoding.findByValue(in.int32());
        case 5 -> definitionBytes = in.int32();
        case 6 -> repetitionBytes = in.int32();
        case 7 -> packed = in.bool();
        default -> in.skip();
      }
    }
  }
}
