package dev.facet.loader.shard;

import dev.facet.base.FacetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/** Which columns of a file are read: those of a shard, or what another program called the same. */
final class Columns {
  /** Other programs write one caption per row under this name. */
  private static final String CAPTION = "caption";

  private Columns() {}

  /** What rows are made of; throws where a file has no pictures or no captions. */
  static MessageType ofRows(ShardFile file) {
    List<Type> kept = new ArrayList<>();
    for (Type column : file.schema().getFields()) {
      switch (column.getName()) {
        case ShardSchema.ID, ShardSchema.SOURCE, ShardSchema.CAPTIONS, ShardSchema.LABELS ->
            kept.add(column);
        case CAPTION -> {
          if (!file.schema().containsField(ShardSchema.CAPTIONS)) {
            kept.add(column);
          }
        }
        case ShardSchema.BOX -> {
          require(file, isNumbers(column), "box of numbers");
          kept.add(column);
        }
        case ShardSchema.IMAGE -> kept.add(imageBytes(file, column));
        default -> {}
      }
    }
    MessageType columns = new MessageType(file.schema().getName(), kept);
    require(file, columns.containsField(ShardSchema.IMAGE), ShardSchema.IMAGE);
    require(
        file,
        columns.containsField(ShardSchema.CAPTIONS) || columns.containsField(CAPTION),
        ShardSchema.CAPTIONS);
    return columns;
  }

  /** The split column alone; only for files that have one. */
  static MessageType ofSplit(ShardFile file) {
    return new MessageType(file.schema().getName(), file.schema().getType(ShardSchema.SPLIT));
  }

  /** A picture is bytes, or bytes beside the path of the file they came from. */
  private static Type imageBytes(ShardFile file, Type column) {
    if (column.isPrimitive()) {
      require(
          file,
          column.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY,
          "image of bytes");
      return column;
    }
    GroupType group = column.asGroupType();
    require(file, group.containsField("bytes"), "image.bytes");
    return group.withNewFields(group.getType("bytes"));
  }

  private static boolean isNumbers(Type column) {
    return column.isPrimitive()
        ? switch (column.asPrimitiveType().getPrimitiveTypeName()) {
          case INT32, INT64, FLOAT, DOUBLE -> true;
          case BOOLEAN, BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> false;
        }
        : column.asGroupType().getFields().stream().allMatch(Columns::isNumbers);
  }

  private static void require(ShardFile file, boolean there, String what) {
    if (!there) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "%s has no column `%s`; it has %s: give the pictures a column of that name",
              file.path(),
              what,
              file.schema().getFields().stream().map(Type::getName).toList()));
    }
  }
}
