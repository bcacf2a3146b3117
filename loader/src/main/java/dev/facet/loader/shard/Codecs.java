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
 * What shards are packed with when they are written, or copied. Parquet's own factory would bring
 * in the configuration system of Hadoop, which is not on the class path.
 */
public final class Codecs implements CompressionCodecFactory {
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
    public BytesInput decompress(BytesInput packed, int size) throws IOException {
      if (codec == CompressionCodecName.UNCOMPRESSED) {
        return packed;
      }
      byte[] bytes = bytes(packed);
      byte[] plain =
          switch (codec) {
            case ZSTD -> Zstd.decompress(bytes, size);
            case SNAPPY -> Snappy.uncompress(bytes);
            default -> new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
          };
      if (plain.length != size) {
        throw new IOException("a page is damaged");
      }
      return BytesInput.from(plain);
    }

    @Override
    public void decompress(ByteBuffer packed, int packedSize, ByteBuffer plain, int size)
        throws IOException {
      plain.put(bytes(decompress(BytesInput.from(packed), size)));
    }

    @Override
    public void release() {}
  }
}
