package dev.facet.loader.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.facet.loader.parquet.Schema;
import dev.facet.loader.parquet.Values;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.Type;

/** What one column of values holds in a row: a value, a list, or lists in a list. */
final class LeafCell implements ColumnCursor.Slots {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Schema.Leaf leaf;
  private final List<JsonNode> values = new ArrayList<>();
  private final List<Integer> levels = new ArrayList<>();

  LeafCell(Schema.Leaf leaf) {
    this.leaf = leaf;
  }

  Schema.Leaf leaf() {
    return leaf;
  }

  void begin() {
    values.clear();
    levels.clear();
  }

  @Override
  public void slot(Values column, int slot) {
    values.add(column.isNull(slot) ? JSON.nullNode() : value(column, slot));
    if (leaf.maxRepetition() > 1) {
      levels.add(column.level(slot));
    }
  }

  private JsonNode value(Values column, int slot) {
    Type type = leaf.type();
    return switch (type) {
      case FLOAT -> JSON.numberNode((float) column.number(slot, type));
      case DOUBLE -> JSON.numberNode(column.number(slot, type));
      case INT32, INT64 -> JSON.numberNode(Long.parseLong(column.text(slot, type)));
      case BOOLEAN -> JSON.booleanNode(Boolean.parseBoolean(column.text(slot, type)));
      case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY, INT96 -> JSON.textNode(column.text(slot, type));
    };
  }

  /** The values, one after the other. */
  List<JsonNode> values() {
    return values;
  }

  /** Whether there is nothing: a null, an empty list, or a list of a null. */
  boolean isNull() {
    return values.size() == 1 && values.getFirst().isNull();
  }

  JsonNode cell() {
    if (isNull() || leaf.maxRepetition() == 0) {
      return values.getFirst();
    }
    ArrayNode all = JSON.arrayNode();
    if (leaf.maxRepetition() == 1) {
      return all.addAll(values);
    }
    ArrayNode inner = all.addArray();
    for (int i = 0; i < values.size(); i++) {
      if (i > 0 && levels.get(i) < leaf.maxRepetition()) {
        inner = all.addArray();
      }
      inner.add(values.get(i));
    }
    return all;
  }
}
