package dev.facet.loader.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * Tells Parquet the fields of a {@link VectorRow}. Parquet has no lists of a fixed length; the
 * width of the vectors stands in the file's own notes.
 */
final class VectorRowSupport extends WriteSupport<VectorRow> {
  private static final String WIDTH = "facet.embedding.width";
  private static final String FLOAT = "float element";
  private static final String HALF = "fixed_len_byte_array(2) element (FLOAT16)";

  private final VectorFields fields;
  private final MessageType columns;

  @SuppressWarnings("NullAway.Init") // Parquet calls prepareForWrite before the first write
  private RecordConsumer out;

  VectorRowSupport(VectorFields fields) {
    this.fields = fields;
    StringBuilder schema =
        new StringBuilder("message vectors { required binary ")
            .append(VectorFields.ID)
            .append(" (STRING); required group ")
            .append(VectorFields.EMBEDDING)
            .append(" (LIST) { repeated group list { required ")
            .append(fields.half() ? HALF : FLOAT)
            .append("; } } ");
    fields.lists().forEach(name -> schema.append(list("required", name)));
    fields.optionalLists().forEach(name -> schema.append(list("optional", name)));
    fields.texts().forEach(name -> schema.append("required binary " + name + " (STRING); "));
    fields.numbers().forEach(name -> schema.append("required int64 " + name + "; "));
    this.columns = MessageTypeParser.parseMessageType(schema.append("}").toString());
  }

  private static String list(String repetition, String name) {
    return String.format(
        Locale.ROOT,
        "%s group %s (LIST) { repeated group list { required binary element (STRING); } } ",
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
    return new WriteContext(columns, Map.of(WIDTH, Integer.toString(fields.width())));
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    out = consumer;
  }

  @Override
  public void write(VectorRow row) {
    out.startMessage();
    text(VectorFields.ID, row.id());
    list(
        VectorFields.EMBEDDING,
        fields.width(),
        i -> {
          float number = row.numbers()[row.from() + i];
          if (fields.half()) {
            out.addBinary(halved(number));
          } else {
            out.addFloat(number);
          }
        });
    fields.lists().forEach(name -> texts(name, there(row.lists(), name)));
    for (String name : fields.optionalLists()) {
      List<String> texts = row.lists().getOrDefault(name, List.of());
      if (!texts.isEmpty()) {
        texts(name, texts);
      }
    }
    fields.texts().forEach(name -> text(name, there(row.texts(), name)));
    for (String name : fields.numbers()) {
      int index = columns.getFieldIndex(name);
      out.startField(name, index);
      out.addLong(there(row.counts(), name));
      out.endField(name, index);
    }
    out.endMessage();
  }

  private static <T> T there(Map<String, T> cells, String name) {
    return Objects.requireNonNull(cells.get(name), name);
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
    if (count > 0) {
      out.startField("list", 0);
      for (int i = 0; i < count; i++) {
        out.startGroup();
        out.startField("element", 0);
        adding.add(i);
        out.endField("element", 0);
        out.endGroup();
      }
      out.endField("list", 0);
    }
    out.endGroup();
    out.endField(name, index);
  }
}
