package dev.facet.loader.shard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/** Files that no writer would write: one optional column {@code c} of texts, in one page. */
final class HandmadeFile {
  private HandmadeFile() {}

  /** A file whose page promises so much. */
  static Path write(
      Path path, CompressionCodec codec, byte[] page, int unpackedSize, int values, int rows)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
    PageHeader header = new PageHeader(PageType.DATA_PAGE, unpackedSize, page.length);
    header.setData_page_header(
        new DataPageHeader(values, Encoding.PLAIN, Encoding.RLE, Encoding.RLE));
    Util.writePageHeader(header, out);
    out.writeBytes(page);
    ColumnMetaData column =
        new ColumnMetaData(
            Type.BYTE_ARRAY,
            List.of(Encoding.PLAIN),
            List.of("c"),
            codec,
            values,
            unpackedSize,
            out.size() - 4L,
            4);
    ColumnChunk chunk = new ColumnChunk(4);
    chunk.setMeta_data(column);
    return finish(path, out, footer(List.of(new RowGroup(List.of(chunk), unpackedSize, rows))));
  }

  /** A file whose footer is this. */
  static Path write(Path path, byte[] footer) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
    return finish(path, out, footer);
  }

  static byte[] footer(List<RowGroup> groups) throws IOException {
    SchemaElement root = new SchemaElement("schema");
    root.setNum_children(1);
    SchemaElement leaf = new SchemaElement("c");
    leaf.setType(Type.BYTE_ARRAY);
    leaf.setRepetition_type(FieldRepetitionType.OPTIONAL);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Util.writeFileMetaData(new FileMetaData(1, List.of(root, leaf), 1, groups), out);
    return out.toByteArray();
  }

  private static Path finish(Path path, ByteArrayOutputStream out, byte[] footer)
      throws IOException {
    out.writeBytes(footer);
    out.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(footer.length).array());
    out.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
    return Files.write(path, out.toByteArray());
  }
}
