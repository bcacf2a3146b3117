package dev.facet.loader.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.format.CompressionCodec;
import org.brotli.dec.BrotliInputStream;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/** Unpacks pages from native memory to native memory. For one thread. */
public final class Unpacker implements AutoCloseable {
  private final byte[] copied = new byte[1 << 13];
  private @Nullable ZstdDecompressCtx zstd;

  /**
   * Unpacks a page, which fills {@code size} bytes at {@code at} exactly.
   *
   * @throws IOException if it is damaged, or of another size
   */
  public void unpack(
      CompressionCodec codec, Block from, int offset, int length, Block to, int at, int size)
      throws IOException {
    switch (codec) {
      case UNCOMPRESSED -> {
        requireSize(length, size);
        MemorySegment.copy(from.memory(), offset, to.memory(), at, size);
      }
      case ZSTD ->
          requireSize(
              zstd().decompressDirectByteBuffer(to.bytes(), at, size, from.bytes(), offset, length),
              size);
      case SNAPPY -> {
        // The library writes as much as the page says, so the page is asked first.
        long address = from.memory().address() + offset;
        requireSize(Snappy.uncompressedLength(address, length), size);
        requireSize(Snappy.rawUncompress(address, length, to.memory().address() + at), size);
      }
      case LZ4_RAW -> Lz4.unpack(from.memory(), offset, length, to.memory(), at, size);
      case LZ4 -> Lz4.unpackFrames(from.memory(), offset, length, to.memory(), at, size);
      case GZIP -> {
        try (InputStream plain = new GZIPInputStream(new MemoryStream(from, offset, length))) {
          copy(plain, to, at, size);
        }
      }
      case BROTLI -> {
        try (InputStream plain = new BrotliInputStream(new MemoryStream(from, offset, length))) {
          copy(plain, to, at, size);
        }
      }
      case LZO ->
          throw new UnsupportedOperationException(
              "Parquet codec LZO is not supported: write the file again with zstd or snappy");
    }
  }

  /**
   * The most bytes that a packed page can stand for, by the format of its codec, so that a damaged
   * header cannot ask for more memory than a real page could.
   */
  public static long most(CompressionCodec codec, Block from, int offset, int length) {
    long ratio =
        switch (codec) {
          case UNCOMPRESSED -> 1;
          case SNAPPY -> 22; // 64 bytes by 3
          case LZ4, LZ4_RAW -> 255;
          case GZIP -> 1032; // 258 bytes by 2 bits
          case ZSTD -> {
            // Most pages say it themselves.
            long size = Zstd.getDirectByteBufferFrameContentSize(from.bytes(), offset, length);
            if (size > 0) {
              yield size / Math.max(length, 1) + 1;
            }
            yield 1 << 15; // a block of 128 KiB by 4 bytes
          }
          case LZO, BROTLI -> 1 << 15;
        };
    return length * ratio + (codec == CompressionCodec.UNCOMPRESSED ? 0 : 64);
  }

  private ZstdDecompressCtx zstd() {
    ZstdDecompressCtx context = zstd;
    if (context == null) {
      context = new ZstdDecompressCtx();
      zstd = context;
    }
    return context;
  }

  private void copy(InputStream plain, Block to, int at, int size) throws IOException {
    int done = 0;
    int read;
    while ((read = plain.read(copied)) >= 0) {
      if (read > size - done) {
        throw new IOException("page unpacks to more bytes than promised");
      }
      to.bytes().put(at + done, copied, 0, read);
      done += read;
    }
    requireSize(done, size);
  }

  private static void requireSize(long actual, int promised) throws IOException {
    if (actual != promised) {
      throw new IOException(
          "page unpacks to " + actual + " bytes where " + promised + " are promised");
    }
  }

  @Override
  public void close() {
    if (zstd != null) {
      zstd.close();
    }
  }

  /** Part of a block as a stream. */
  private static final class MemoryStream extends InputStream {
    private final Block block;
    private final int end;
    private int position;

    MemoryStream(Block block, int offset, int length) {
      this.block = block;
      this.position = offset;
      this.end = offset + length;
    }

    @Override
    public int read() {
      return position == end ? -1 : block.bytes().get(position++) & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (position == end && length > 0) {
        return -1;
      }
      int read = Math.min(length, end - position);
      block.bytes().get(position, bytes, offset, read);
      position += read;
      return read;
    }

    /** Tells the unpacker of concatenated streams whether another one follows. */
    @Override
    public int available() {
      return end - position;
    }
  }
}
