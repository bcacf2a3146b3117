package dev.facet.loader.shard;

import io.airlift.compress.lz4.Lz4Compressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Codecs that Facet reads but does not write. */
record PackedBy(CompressionCodecName codec, UnaryOperator<byte[]> pack)
    implements BytesInputCompressor {

  static PackedBy lz4Raw() {
    return new PackedBy(CompressionCodecName.LZ4_RAW, PackedBy::lz4);
  }

  /** In two frames of several blocks each, as Hadoop's stream writes long pages. */
  static PackedBy lz4Hadoop() {
    return new PackedBy(
        CompressionCodecName.LZ4,
        plain -> {
          int middle = plain.length / 2;
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          writeFrame(Arrays.copyOf(plain, middle), 3, out);
          writeFrame(Arrays.copyOfRange(plain, middle, plain.length), 2, out);
          return out.toByteArray();
        });
  }

  private static void writeFrame(byte[] plain, int blocks, ByteArrayOutputStream out) {
    out.writeBytes(ByteBuffer.allocate(4).putInt(plain.length).array());
    for (int k = 0; k < blocks; k++) {
      byte[] packed =
          lz4(
              Arrays.copyOfRange(
                  plain, plain.length * k / blocks, plain.length * (k + 1) / blocks));
      out.writeBytes(ByteBuffer.allocate(4).putInt(packed.length).array());
      out.writeBytes(packed);
    }
  }

  /** As Arrow once wrote the same codec: without frames. */
  static PackedBy lz4Unframed() {
    return new PackedBy(CompressionCodecName.LZ4, PackedBy::lz4);
  }

  /** Stored meta-blocks of at most 64 KiB (RFC 7932, section 9.2). */
  static PackedBy brotli() {
    return new PackedBy(
        CompressionCodecName.BROTLI,
        plain -> {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          int bits = 0; // window size: one bit, 16 bits of window
          int used = 1;
          for (int at = 0; at < plain.length; at += 1 << 16) {
            int length = Math.min(1 << 16, plain.length - at);
            // not last, four nibbles of length, the length less one, stored
            long header = bits | ((long) (length - 1) << (used + 3)) | (1L << (used + 19));
            for (int b = 0; b < used + 20; b += 8) {
              out.write((int) (header >>> b));
            }
            out.write(plain, at, length);
            bits = 0;
            used = 0;
          }
          out.write(bits | (3 << used)); // last, empty
          return out.toByteArray();
        });
  }

  /** A name alone: bytes go out as they come. */
  static PackedBy nothing(CompressionCodecName codec) {
    return new PackedBy(codec, UnaryOperator.identity());
  }

  private static byte[] lz4(byte[] plain) {
    Lz4Compressor compressor = new Lz4Compressor();
    byte[] packed = new byte[compressor.maxCompressedLength(plain.length)];
    return Arrays.copyOf(
        packed, compressor.compress(plain, 0, plain.length, packed, 0, packed.length));
  }

  @Override
  public BytesInput compress(BytesInput bytes) throws IOException {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    bytes.writeAllTo(plain);
    return BytesInput.from(pack.apply(plain.toByteArray()));
  }

  @Override
  public CompressionCodecName getCodecName() {
    return codec;
  }

  @Override
  public void release() {}
}
