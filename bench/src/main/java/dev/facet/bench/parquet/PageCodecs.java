package dev.facet.bench.parquet;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** Zstd and Snappy for parquet-java, whose own factory needs Hadoop's configuration system. */
final class PageCodecs implements CompressionCodecFactory {
  private static final int ZSTD_LEVEL = 3;

  @Override
  public Packing getCompressor(CompressionCodecName codec) {
    return new Packing(codec);
  }

  @Override
  public Packing getDecompressor(CompressionCodecName codec) {
    return new Packing(codec);
  }

  @Override
  public void release() {}

  /** One codec, in both directions. */
  record Packing(CompressionCodecName codec)
      implements BytesInputCompressor, BytesInputDecompressor {
    Packing {
      switch (codec) {
        case UNCOMPRESSED, ZSTD, SNAPPY -> {}
        default -> throw new UnsupportedOperationException("codec " + codec);
      }
    }

    @Override
    public BytesInput compress(BytesInput plain) throws IOException {
      return switch (codec) {
        case ZSTD -> BytesInput.from(Zstd.compress(bytes(plain), ZSTD_LEVEL));
        case SNAPPY -> BytesInput.from(Snappy.compress(bytes(plain)));
        default -> plain;
      };
    }

    /** What the packed bytes say of their size is compared before memory is taken for it. */
    @Override
    public BytesInput decompress(BytesInput packed, int size) throws IOException {
      if (codec == CompressionCodecName.UNCOMPRESSED) {
        return packed;
      }
      ByteBuffer view = view(packed);
      byte[] from = view.array();
      int at = view.arrayOffset() + view.position();
      int length = view.remaining();
      boolean zstd = codec == CompressionCodecName.ZSTD;
      long said =
          zstd
              ? Zstd.getFrameContentSize(from, at, length)
              : Snappy.uncompressedLength(from, at, length);
      if (said != size) {
        throw new IOException(
            String.format(Locale.ROOT, "a page of %d bytes promises %d", said, size));
      }
      byte[] plain = new byte[size];
      long unpacked =
          zstd
              ? Zstd.decompressByteArray(plain, 0, size, from, at, length)
              : Snappy.uncompress(from, at, length, plain, 0);
      if (unpacked != size) {
        throw new IOException(
            String.format(Locale.ROOT, "a page does not unpack to its %d bytes", size));
      }
      return BytesInput.from(plain);
    }

    private static byte[] bytes(BytesInput input) throws IOException {
      ByteBuffer view = view(input);
      byte[] bytes = new byte[view.remaining()];
      view.get(bytes);
      return bytes;
    }

    /** Heap memory, as long as nobody asks for another allocator. */
    private static ByteBuffer view(BytesInput input) throws IOException {
      return input.toInputStream().slice(Math.toIntExact(input.size()));
    }

    @Override
    public void decompress(ByteBuffer packed, int packedSize, ByteBuffer plain, int size) {
      throw new UnsupportedOperationException("off-heap pages are not asked for");
    }

    @Override
    public CompressionCodecName getCodecName() {
      return codec;
    }

    @Override
    public void release() {}
  }
}
