package dev.facet.loader.parquet;

import java.io.IOException;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/**
 * One line of a schema as it is written (parquet.thrift, {@code SchemaElement}).
 *
 * @param type of its values; null for a group
 * @param length of values of fixed length
 * @param children number of elements inside this one, which follow it
 */
record SchemaElement(
    String name, @Nullable Type type, int length, int repetition, int children, Kind kind) {
  static final int REQUIRED = 0;
  static final int REPEATED = 2;

  /** What the writer says that it means, as far as it matters here. */
  enum Kind {
    PLAIN,
    TEXT,
    LIST,
    MAP
  }

  static SchemaElement read(ThriftReader in) throws IOException {
    String name = "";
    Type type = null;
    int length = 0;
    int repetition = REQUIRED;
    int children = 0;
    Kind kind = Kind.PLAIN;
    in.enter();
    while (in.next()) {
      switch (in.id()) {
        case 1 -> type = type(in.int32());
        case 2 -> length = in.int32();
        case 3 -> repetition = in.int32();
        case 4 -> name = in.string();
        case 5 -> children = in.int32();
        case 6 -> kind = older(in.int32());
        case 10 -> kind = newer(in);
        default -> in.skip();
      }
    }
    return new SchemaElement(name, type, length, repetition, children, kind);
  }

  private static Type type(int number) throws IOException {
    Type type = Type.findByValue(number);
    if (type == null) {
      throw new IOException("its schema has a type of unknown number " + number);
    }
    return type;
  }

  /** {@code ConvertedType}. */
  private static Kind older(int number) {
    return switch (number) {
      case 0, 4, 19 -> Kind.TEXT; // UTF8, ENUM, JSON
      case 1, 2 -> Kind.MAP;
      case 3 -> Kind.LIST;
      default -> Kind.PLAIN;
    };
  }

  /** {@code LogicalType}, a union. */
  private static Kind newer(ThriftReader in) throws IOException {
    Kind kind = Kind.PLAIN;
    in.enter();
    while (in.next()) {
      kind =
          switch (in.id()) {
            case 1, 4, 12 -> Kind.TEXT; // STRING, ENUM, JSON
            case 2 -> Kind.MAP;
            case 3 -> Kind.LIST;
            default -> Kind.PLAIN;
          };
      in.skip();
    }
    return kind;
  }
}
