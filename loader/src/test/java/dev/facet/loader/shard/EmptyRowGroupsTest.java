package dev.facet.loader.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmptyRowGroupsTest {
  @TempDir Path dir;

  /** Arrow writes one where a table of no rows was appended, with places that are none. */
  @Test
  void aRowGroupWithoutRowsCostsNoneOfTheOthers() throws Exception {
    Path file =
        new ForeignFile(dir.resolve("a.parquet"), ForeignFile.PICTURE + "required binary c;")
            .write(
                row -> {
                  ForeignFile.picture(row);
                  row.add("c", "a face");
                });
    byte[] whole = Files.readAllBytes(file);
    int tail = whole.length - 8;
    int size = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(tail);
    byte[] footer = Arrays.copyOfRange(whole, tail - size, tail);
    FileMetaData data = Util.readFileMetaData(new ByteArrayInputStream(footer));
    RowGroup some = Objects.requireNonNull(data.getRow_groups()).getFirst();
    data.setRow_groups(List.of(empty(some), some, empty(some)));

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(whole, 0, tail - size);
    Util.writeFileMetaData(data, out);
    int written = out.size() - (tail - size);
    out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(written).array());
    out.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
    Files.write(file, out.toByteArray());

    assertThat(ForeignFile.captions(ForeignFile.source(file, "c"))).containsExactly("a face");
    assertThat(ShardDataset.splits(ForeignFile.source(file, "c"))).containsEntry("train", 1L);
  }

  private static RowGroup empty(RowGroup like) {
    RowGroup empty = like.deepCopy();
    empty.setNum_rows(0);
    for (ColumnChunk column : Objects.requireNonNull(empty.getColumns())) {
      ColumnMetaData place = Objects.requireNonNull(column.getMeta_data());
      place.setNum_values(0);
      place.setData_page_offset(0);
      place.setTotal_compressed_size(15);
    }
    return empty;
  }
}
