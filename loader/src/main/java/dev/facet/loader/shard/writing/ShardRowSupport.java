package dev.facet.loader.shard.writing;

import dev.facet.augment.geometry.Box;
import dev.facet.base.Sha256;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/** Tells Parquet the fields of a {@link ShardRow}. */
final class ShardRowSupport extends WriteSupport<ShardRow> {
  private final MessageDigest sha256 = Sha256.digest();
  private final MessageType columns;
  private final List<String> named;

  @SuppressWarnings("NullAway.Init") // Parquet calls prepareForWrite before the first write
  private RecordConsumer out;

  /**
   * @param named columns of captions besides the usual one
   */
  ShardRowSupport(List<String> named) {
    this.named = named;
    this.columns = ShardSchema.of(named);
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
    return new WriteContext(columns, Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    out = consumer;
  }

  @Override
  public void write(ShardRow row) {
    out.startMessage();
    string(ShardSchema.ID, row.id());
    field(ShardSchema.IMAGE, () -> out.addBinary(Binary.fromConstantByteArray(row.image())));
    captions(ShardSchema.CAPTIONS, row.captions());
    Box box = row.box();
    if (box != null) {
      box(box);
    }
    labels(row.labels());
    string(ShardSchema.SOURCE, row.source());
    field(ShardSchema.WIDTH, () -> out.addInteger(row.width()));
    field(ShardSchema.HEIGHT, () -> out.addInteger(row.height()));
    String digest = row.sha256();
    string(
        ShardSchema.SHA256,
        digest != null ? digest : HexFormat.of().formatHex(sha256.digest(row.image())));
    string(ShardSchema.SPLIT, row.split());
    for (String name : named) {
      List<String> captions = row.named().getOrDefault(name, List.of());
      if (!captions.isEmpty()) {
        captions(name, captions);
      }
    }
    out.endMessage();
  }

  private void captions(String column, List<String> captions) {
    group(
        column,
        () -> {
          out.startField("list", 0);
          for (String caption : captions) {
            out.startGroup();
            text("element", 0, caption);
            out.endGroup();
          }
          out.endField("list", 0);
        });
  }

  private void box(Box box) {
    group(
        ShardSchema.BOX,
        () -> {
          out.startField("list", 0);
          for (double edge : new double[] {box.x1(), box.y1(), box.x2(), box.y2()}) {
            out.startGroup();
            out.startField("element", 0);
            out.addDouble(edge);
            out.endField("element", 0);
            out.endGroup();
          }
          out.endField("list", 0);
        });
  }

  private void labels(Map<String, String> labels) {
    group(
        ShardSchema.LABELS,
        () -> {
          if (labels.isEmpty()) {
            return; // an empty field is an error, an empty group an empty map
          }
          out.startField("key_value", 0);
          // Sorted, so that the same rows are the same bytes.
          for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
            out.startGroup();
            text("key", 0, label.getKey());
            text("value", 1, label.getValue());
            out.endGroup();
          }
          out.endField("key_value", 0);
        });
  }

  private void group(String name, Runnable content) {
    field(
        name,
        () -> {
          out.startGroup();
          content.run();
          out.endGroup();
        });
  }

  private void string(String name, String value) {
    field(name, () -> out.addBinary(Binary.fromString(value)));
  }

  private void field(String name, Runnable content) {
    int index = columns.getFieldIndex(name);
    out.startField(name, index);
    content.run();
    out.endField(name, index);
  }

  private void text(String name, int index, String value) {
    out.startField(name, index);
    out.addBinary(Binary.fromString(value));
    out.endField(name, index);
  }
}
