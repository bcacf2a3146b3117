package dev.facet.loader.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.loader.parquet.Schema;
import java.util.List;
import java.util.Map;

/**
 * A column's cell as JSON. Lists of structures and structures of lists come out alike, as a list of
 * objects: Hugging Face's own library writes the one for the other.
 */
final class JsonCell {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final List<LeafCell> leaves;

  /** Names in front of those of its fields. */
  private final int depth;

  /**
   * Of a column, or a field of a structure.
   *
   * @param all the cells of all leaves, in which those of other columns may be
   */
  JsonCell(Schema schema, String name, Map<Schema.Leaf, LeafCell> all) {
    this.leaves =
        schema.under(name).stream().map(leaf -> all.computeIfAbsent(leaf, LeafCell::new)).toList();
    this.depth = schema.columns().contains(name) ? 1 : name.split("\\.", -1).length;
  }

  /** The cell of the row that was read into the leaves' cells. */
  JsonNode cell() {
    if (leaves.size() == 1 && leaves.getFirst().leaf().names().size() == depth) {
      return leaves.getFirst().cell();
    }
    if (leaves.stream().allMatch(LeafCell::isNull)) {
      return JSON.nullNode();
    }
    int count = leaves.getFirst().values().size();
    boolean pairs =
        leaves.stream()
            .allMatch(each -> each.leaf().maxRepetition() == 1 && each.values().size() == count);
    return pairs ? objects(count) : object();
  }

  private ArrayNode objects(int count) {
    ArrayNode all = JSON.arrayNode();
    for (int i = 0; i < count; i++) {
      ObjectNode object = all.addObject();
      for (LeafCell each : leaves) {
        object.set(fieldName(each), each.values().get(i));
      }
    }
    return all;
  }

  private ObjectNode object() {
    ObjectNode object = JSON.objectNode();
    leaves.forEach(each -> object.set(fieldName(each), each.cell()));
    return object;
  }

  private String fieldName(LeafCell leaf) {
    List<String> names = leaf.leaf().names();
    return String.join(".", names.subList(Math.min(depth, names.size() - 1), names.size()));
  }
}
