package dev.facet.loader.shard;

import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Builds rows from columns. Writers differ in how they nest and name the levels of lists, and in
 * whether a picture is bytes or a structure with bytes in it; so a column is taken as whatever
 * values lie at its leaves.
 */
final class RowMaterializer extends RecordMaterializer<RawRow> {
  private final GroupConverter root;
  private RawRow row = new RawRow();
  private @Nullable String label;

  RowMaterializer(GroupType schema) {
    root =
        new Nested(schema, this::column) {
          @Override
          public void start() {
            row = new RawRow();
          }
        };
  }

  @Override
  public RawRow getCurrentRecord() {
    return row;
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }

  private Converter column(Type column) {
    return switch (column.getName()) {
      case ShardSchema.ID -> leaves(column, leaf -> new Text(text -> row.id = text));
      case ShardSchema.SOURCE -> leaves(column, leaf -> new Text(text -> row.source = text));
      case ShardSchema.SPLIT -> leaves(column, leaf -> new Text(text -> row.split = text));
      case ShardSchema.BOX -> leaves(column, leaf -> new Edge(edge -> row.box.add(edge)));
      case ShardSchema.LABELS -> leaves(column, this::labelLeaf);
      case ShardSchema.IMAGE ->
          leaves(
              column,
              leaf ->
                  new Bytes(bytes -> row.image = bytes.toByteBuffer().slice().asReadOnlyBuffer()));
      default -> leaves(column, leaf -> new Text(text -> row.captions.add(text)));
    };
  }

  /** Of a map, whose key comes before its value. */
  private Converter labelLeaf(Type leaf) {
    return leaf.getName().equals("key")
        ? new Text(text -> label = text)
        : new Text(
            text -> {
              if (label != null) {
                row.labels.put(label, text);
              }
            });
  }

  private static Converter leaves(Type type, Function<Type, Converter> leaf) {
    return type.isPrimitive()
        ? leaf.apply(type)
        : new Nested(type.asGroupType(), inner -> leaves(inner, leaf));
  }

  private static class Nested extends GroupConverter {
    private final Converter[] fields;

    Nested(GroupType type, Function<Type, Converter> field) {
      fields = type.getFields().stream().map(field).toArray(Converter[]::new);
    }

    @Override
    public Converter getConverter(int field) {
      return fields[field];
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }

  private static final class Bytes extends PrimitiveConverter {
    private final Consumer<Binary> sink;

    Bytes(Consumer<Binary> sink) {
      this.sink = sink;
    }

    @Override
    public void addBinary(Binary value) {
      sink.accept(value);
    }
  }

  private static final class Text extends PrimitiveConverter {
    private final Consumer<String> sink;

    Text(Consumer<String> sink) {
      this.sink = sink;
    }

    @Override
    public void addBinary(Binary value) {
      sink.accept(value.toStringUsingUTF8());
    }

    @Override
    public void addInt(int value) {
      sink.accept(Integer.toString(value));
    }

    @Override
    public void addBoolean(boolean value) {
      sink.accept(Boolean.toString(value));
    }

    @Override
    public void addFloat(float value) {
      sink.accept(Float.toString(value));
    }

    @Override
    public void addDouble(double value) {
      sink.accept(Double.toString(value));
    }

    @Override
    public void addLong(long value) {
      sink.accept(Long.toString(value));
    }
  }

  private static final class Edge extends PrimitiveConverter {
    private final DoubleConsumer sink;

    Edge(DoubleConsumer sink) {
      this.sink = sink;
    }

    @Override
    public void addDouble(double value) {
      sink.accept(value);
    }

    @Override
    public void addFloat(float value) {
      sink.accept(value);
    }

    @Override
    public void addInt(int value) {
      sink.accept(value);
    }

    @Override
    public void addLong(long value) {
      sink.accept((double) value);
    }
  }
}
