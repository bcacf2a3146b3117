package dev.facet.loader.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * Tells Parquet the fields of an {@link EmbeddingRow}. Parquet has no lists of a fixed length; the
 * width of the vectors stands in the file's own notes.
 */
final class EmbeddingRowSupport extends WriteSupport<EmbeddingRow> {
  static final String EMBEDDING = "embedding";
  private static final String WIDTH = "facet.embedding.width";
  private static final String FLOAT = "float element";
  private static final String HALF = "fixed_len_byte_array(2) element (FLOAT16)";

  private final boolean half;
  private final int width;
  private final List<String> named;
  private final MessageType columns;

  @SuppressWarnings("NullAway.Init") // Parquet calls prepareForWrite before the first write
  private RecordConsumer out;

  EmbeddingRowSupport(int width, boolean half, List<String> named) {
    this.width = width;
    this.half = half;
    this.named = named;
    StringBuilder schema =
        new StringBuilder("message vectors { required binary id (STRING); required group ")
            .append(EMBEDDING)
            .append(" (LIST) { repeated group list { required ")
            .append(half ? HALF : FLOAT)
            .append("; } } ")
            .append(texts("required", "captions"));
    named.forEach(name -> schema.append(texts("optional", name)));
    schema.append("required binary source (STRING); required binary split (STRING); }");
    this.columns = MessageTypeParser.parseMessageType(schema.toString());
  }

  private static String texts(String repetition, String name) {
    return String.format(
        Locale.ROOT,
        "%s group %s (LIST) { repeated group list { required binary element (STRING); } }",
        repetition,
        name);
  }

  @Override
  @SuppressWarnings("deprecation") // abstract in the library, so it has to be here
  public WriteContext init(Configuration configuration) {
    return context();
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return context();
  }

  private WriteContext context() {
    return new WriteContext(columns, Map.of(WIDTH, Integer.toString(width)));
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    out = consumer;
  }

  @Override
  public void write(EmbeddingRow row) {
    if (row.vector().length != width) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "row %s has a vector of %d numbers where all have %d",
              row.id(),
              row.vector().length,
              width));
    }
    out.startMessage();
    text("id", row.id());
    list(
        EMBEDDING,
        width,
        i -> {
          if (half) {
            out.addBinary(halved(row.vector()[i]));
          } else {
            out.addFloat(row.vector()[i]);
          }
        });
    texts("captions", row.captions());
    for (String name : named) {
      List<String> captions = row.named().getOrDefault(name, List.of());
      if (!captions.isEmpty()) {
        texts(name, captions);
      }
    }
    text("source", row.source());
    text("split", row.split());
    out.endMessage();
  }

  private static Binary halved(float number) {
    ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return Binary.fromConstantByteArray(bytes.putShort(Float.floatToFloat16(number)).array());
  }

  private void texts(String name, List<String> texts) {
    list(name, texts.size(), i -> out.addBinary(Binary.fromString(texts.get(i))));
  }

  private void text(String name, String value) {
    int index = columns.getFieldIndex(name);
    out.startField(name, index);
    out.addBinary(Binary.fromString(value));
    out.endField(name, index);
  }

  /** Adds the value of a place in a list. */
  private interface Adding {
    void add(int place);
  }

  private void list(String name, int count, Adding adding) {
    int index = columns.getFieldIndex(name);
    out.startField(name, index);
    out.startGroup();
    out.startField("list", 0);
    for (int i = 0; i < count; i++) {
      out.startGroup();
      out.startField("element", 0);
      adding.add(i);
      out.endField("element", 0);
      out.endGroup();
    }
    out.endField("list", 0);
    out.endGroup();
    out.endField(name, index);
  }
}
