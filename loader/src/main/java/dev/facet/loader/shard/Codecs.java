package dev.facet.loader.shard;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * The codecs that Parquet files in the wild use, straight from their libraries. Parquet's own
 * factory would bring in the configuration system of Hadoop, which is not on the class path.
 */
final class Codecs implements CompressionCodecFactory {
  private static final int ZSTD_LEVEL = 3;

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    return new Compressor(supported(codec));
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return new Decompressor(supported(codec));
  }

  @Override
  public void release() {}

  private static CompressionCodecName supported(CompressionCodecName codec) {
    return switch (codec) {
      case UNCOMPRESSED, SNAPPY, GZIP, ZSTD -> codec;
      default ->
          throw new UnsupportedOperationException(
              "Parquet codec " + codec + " is not supported; write the file with zstd or snappy");
    };
  }

  private static byte[] bytes(BytesInput input) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(input.size()));
    input.writeAllTo(bytes);
    return bytes.toByteArray();
  }

  private record Compressor(CompressionCodecName codec) implements BytesInputCompressor {
    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      if (codec == CompressionCodecName.UNCOMPRESSED) {
        return bytes;
      }
      byte[] plain = bytes(bytes);
      return BytesInput.from(
          switch (codec) {
            case ZSTD -> Zstd.compress(plain, ZSTD_LEVEL);
            case SNAPPY -> Snappy.compress(plain);
            default -> gzip(plain);
          });
    }

    private static byte[] gzip(byte[] plain) throws IOException {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
        out.write(plain);
      }
      return packed.toByteArray();
    }

    @Override
    public CompressionCodecName getCodecName() {
      return codec;
    }

    @Override
    public void release() {}
  }

  private record Decompressor(CompressionCodecName codec) implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      if (codec == CompressionCodecName.UNCOMPRESSED) {
        return bytes;
      }
      return BytesInput.from(decompress(bytes(bytes), size));
    }

    private byte[] decompress(byte[] packed, int size) throws IOException {
      byte[] plain =
          switch (codec) {
            case ZSTD -> Zstd.decompress(packed, size);
            case SNAPPY -> Snappy.uncompress(packed);
            default -> new GZIPInputStream(new ByteArrayInputStream(packed)).readNBytes(size);
          };
      if (plain.length != size) {
        throw new IOException(
            codec + " page unpacks to " + plain.length + " bytes where " + size + " are promised");
      }
      return plain;
    }

    @Override
    public void decompress(ByteBuffer in, int inSize, ByteBuffer out, int outSize)
        throws IOException {
      byte[] packed = new byte[inSize];
      in.get(packed);
      out.put(codec == CompressionCodecName.UNCOMPRESSED ? packed : decompress(packed, outSize));
    }

    @Override
    public void release() {}
  }
}
