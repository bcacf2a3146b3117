package dev.facet.loader.shard;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.facet.base.FacetException;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Row;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damaged files are refused by declared exceptions, or read; nothing else happens. Without page
 * checksums, which would hide most of the damage from the code behind them.
 */
class ShardFuzzTest {
  private static final int MUTANTS = 120;

  private static final String COLUMNS =
      """
      optional int64 id;
      optional group image { optional binary bytes; optional binary path (STRING); }
      optional group captions (LIST) { repeated group list { optional binary item (STRING); } }
      optional group box (LIST) { repeated group list { optional float item; } }
      optional group labels (MAP) {
        repeated group key_value { required binary key (STRING); optional boolean value; }
      }
      optional binary split (STRING);
      """;

  @TempDir Path dir;

  static List<Object[]> files() {
    Codecs codecs = new Codecs();
    List<Object[]> files = new ArrayList<>();
    for (WriterVersion version : WriterVersion.values()) {
      for (BytesInputCompressor codec :
          List.of(
              codecs.getCompressor(CompressionCodecName.UNCOMPRESSED),
              codecs.getCompressor(CompressionCodecName.SNAPPY),
              codecs.getCompressor(CompressionCodecName.GZIP),
              codecs.getCompressor(CompressionCodecName.ZSTD),
              PackedBy.lz4Raw(),
              PackedBy.lz4Hadoop(),
              PackedBy.brotli())) {
        files.add(new Object[] {version, codec});
      }
    }
    return files;
  }

  @ParameterizedTest
  @MethodSource("files")
  void aDamagedFileIsRefusedOrRead(WriterVersion version, BytesInputCompressor codec)
      throws Exception {
    byte[] sound = write(version, codec);
    SplittableRandom random =
        new SplittableRandom((version + " " + codec.getCodecName()).hashCode());
    int read = 0;
    for (int i = 0; i < MUTANTS; i++) {
      read += survives(mutant(sound, random)) ? 1 : 0;
    }
    // Otherwise nothing but the first check was tried.
    assertThat(read).isBetween(1, MUTANTS - 10);
  }

  @Test
  void aHeaderThatPromisesTooMuchTakesLittleMemory() throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (WriterVersion version : WriterVersion.values()) {
      byte[] sound = write(version, new Codecs().getCompressor(CompressionCodecName.ZSTD));
      // The largest number that fits into the place of a small one, all over the file.
      for (int at = 4; at < sound.length - 8; at += 11) {
        byte[] mutant = sound.clone();
        for (int k = at; k < Math.min(at + 4, sound.length - 9); k++) {
          mutant[k] = (byte) 0xfe;
        }
        mutant[Math.min(at + 4, sound.length - 9)] = 0x0f;
        long before = threads.getCurrentThreadAllocatedBytes();
        survives(mutant);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(32 << 20);
      }
    }
  }

  /** Whether all of a file could be read; anything undeclared comes out. */
  private boolean survives(byte[] bytes) throws IOException {
    Path file = Files.write(dir.resolve("mutant.parquet"), bytes);
    Row row = new Row();
    try (ShardDataset dataset = ShardDataset.open(file, "train")) {
      for (int c = 0; c < dataset.chunkCount(); c++) {
        dataset.captions(c);
        try (Chunk chunk = dataset.open(c)) {
          for (int r = 0; r < dataset.rowCount(c); r++) {
            readRow(chunk, r, row);
          }
        }
      }
      return true;
    } catch (FacetException | IOException declared) {
      assertThat(declared.getMessage()).contains("mutant.parquet");
      return false;
    }
  }

  private static void readRow(Chunk chunk, int r, Row row) throws IOException {
    try {
      chunk.read(r, row);
      row.id();
      row.labels();
      row.captions();
      row.faceBox();
      long sum = 0;
      for (int k = 0; k < row.image().length(); k++) {
        sum += row.image().u8(k);
      }
      assertThat(sum).isNotNegative();
    } catch (BadSampleException declared) {
      assertThat(declared).hasMessageContaining(row.id());
    }
  }

  private static byte[] mutant(byte[] sound, SplittableRandom random) {
    byte[] bytes = sound.clone();
    int footer = ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).getInt(sound.length - 8) + 8;
    int changes = 1 + random.nextInt(3);
    for (int k = 0; k < changes; k++) {
      // Half of them hit the footer, which is the smaller part.
      int at =
          random.nextBoolean()
              ? bytes.length - 1 - random.nextInt(Math.min(footer, bytes.length))
              : random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xff : 0x7f);
        case 3 -> {
          int length = Math.min(1 + random.nextInt(16), bytes.length - at);
          System.arraycopy(sound, random.nextInt(sound.length - length), bytes, at, length);
        }
        default -> {
          // A byte goes missing or comes twice, and all after it moves.
          int shift = random.nextBoolean() ? 1 : -1;
          byte[] moved = Arrays.copyOf(bytes, bytes.length + shift);
          int from = Math.max(at, 1);
          System.arraycopy(bytes, from, moved, from + shift, bytes.length - from);
          bytes = moved;
        }
      }
    }
    return random.nextInt(20) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  private byte[] write(WriterVersion version, BytesInputCompressor codec) throws IOException {
    List<Consumer<Group>> rows = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      rows.add(filler(i));
    }
    Path file =
        new ForeignFile(dir.resolve("sound.parquet"), COLUMNS)
            .packedBy(codec)
            .with(
                builder ->
                    builder
                        .withWriterVersion(version)
                        .withPageWriteChecksumEnabled(false)
                        .withPageSize(200)
                        .withMinRowCountForPageSizeCheck(1)
                        .withRowGroupRowCountLimit(12))
            .write(rows);
    return Files.readAllBytes(file);
  }

  private static Consumer<Group> filler(int i) {
    return row -> {
      if (i % 7 != 0) {
        row.add("id", (long) i);
        row.addGroup("image").add("bytes", Binary.fromString("picture ".repeat(i)));
        Group list = row.addGroup("captions");
        list.addGroup("list").add("item", "a face");
        list.addGroup("list").add("item", "a face, number " + i);
        Group box = row.addGroup("box");
        for (int edge = 0; edge < 4; edge++) {
          box.addGroup("list").add("item", (float) (i + edge));
        }
        Group label = row.addGroup("labels").addGroup("key_value");
        label.add("key", "smiles");
        label.add("value", i % 2 == 0);
      }
      row.add("split", "train");
    };
  }
}
