package dev.facet.loader.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.parquet.ThriftReader;
import dev.facet.loader.parquet.Values;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.CompressionCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Few bytes that speak of much are refused before memory is taken for it. */
class FalsePromisesTest {
  @TempDir Path dir;

  @Test
  void aPageThatPromisesGigabytesIsRefusedBeforeMemoryIsTaken() throws Exception {
    Path file =
        HandmadeFile.write(
            dir.resolve("big.parquet"),
            CompressionCodec.BROTLI,
            new byte[1 << 16],
            1_500_000_000,
            1,
            1);
    assertThatThrownBy(() -> captions(file))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("big.parquet", "unpack to 1.5 GB", "smaller row groups")
        .hasMessageNotContaining("delete");
  }

  @Test
  void aPageOfMoreValuesThanTheRowsOfItsGroupIsRefused() throws Exception {
    Path file = nulls(4_000_000, 1);
    assertThatThrownBy(() -> captions(file))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("nulls.parquet", "a column has 4000000 values for 1 rows");
  }

  @Test
  void aRowGroupOfTooManyNullsIsRefused() throws Exception {
    Path file = nulls(Values.MOST + 1, Values.MOST + 1);
    assertThatThrownBy(() -> captions(file))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("more than " + Values.MOST + " values", "smaller row groups");
    assertThat(captions(nulls(1000, 1000))).isEmpty();
  }

  @Test
  void aFooterThatCannotHoldItsRowGroupsIsRefused() throws Exception {
    byte[] footer = HandmadeFile.footer(List.of());
    int at = 0;
    while (footer[at] != 0x19 || footer[at + 1] != 0x0c) { // an empty list of structures
      at++;
    }
    ByteArrayOutputStream more = new ByteArrayOutputStream();
    more.write(footer, 0, at + 1);
    more.writeBytes(new byte[] {(byte) 0xfc, (byte) 0xc0, (byte) 0x84, 0x3d}); // a million of them
    more.writeBytes(new byte[1_000_000]);
    more.write(footer, at + 2, footer.length - at - 2);
    Path file = HandmadeFile.write(dir.resolve("groups.parquet"), more.toByteArray());
    assertThatThrownBy(() -> captions(file))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("groups.parquet", "cannot hold the 1000000 row groups");
  }

  @Test
  void listsAndMapsWithinEachOtherWithoutEndAreRefused() throws Exception {
    byte[] lists = new byte[100_000];
    Arrays.fill(lists, (byte) 0x19);
    byte[] maps = new byte[100_000];
    for (int i = 0; i < maps.length; i += 2) {
      maps[i] = i == 0 ? (byte) 0x1b : (byte) 0xbb;
      maps[i + 1] = 1;
    }
    for (byte[] bytes : List.of(lists, maps)) {
      ThriftReader in = new ThriftReader();
      in.at(MemorySegment.ofArray(bytes), 0, bytes.length);
      in.enter();
      assertThat(in.next()).isTrue();
      assertThatThrownBy(in::skip)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("nests too deeply");
      Path file = HandmadeFile.write(dir.resolve("deep.parquet"), bytes);
      assertThatThrownBy(() -> captions(file))
          .isInstanceOf(FacetException.class)
          .hasMessageContainingAll("deep.parquet", "nests too deeply");
    }
  }

  /** So many nulls, as one run of definition levels. */
  private Path nulls(int values, int rows) throws IOException {
    ByteBuffer page = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN).position(4);
    long head = (long) values << 1;
    while (head >= 0x80) {
      page.put((byte) (head | 0x80));
      head >>>= 7;
    }
    page.put((byte) head).put((byte) 0);
    page.putInt(0, page.position() - 4);
    byte[] bytes = Arrays.copyOf(page.array(), page.position());
    return HandmadeFile.write(
        dir.resolve("nulls.parquet"),
        CompressionCodec.UNCOMPRESSED,
        bytes,
        bytes.length,
        values,
        rows);
  }

  private static List<List<String>> captions(Path file) throws IOException {
    DataSource source = ForeignFile.source(file, "c");
    try (ShardDataset dataset = ShardDataset.openCaptions(source, "train")) {
      return dataset.captions(0);
    }
  }
}
