package dev.facet.loader.vector;

import dev.facet.base.FacetException;
import dev.facet.loader.parquet.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.format.Type;

/**
 * The columns of a table of vectors, found by their types: one of texts or whole numbers that names
 * rows, and one of vectors.
 */
public record VectorColumns(Schema.Leaf id, VectorColumn vector) {
  /** Where several columns could be the id, one of these names decides. */
  private static final List<String> IDS = List.of("_id", "id", "image_id", "key");

  /**
   * Finds them.
   *
   * @param id name of the column; empty for whichever it is
   * @param vector name of the column, or what the names of its numbers' columns begin with; empty
   *     for whichever it is
   * @throws FacetException if there is none, or more than one could be it
   */
  public static VectorColumns of(
      Path file, Schema schema, String id, String vector, Element element) {
    VectorColumn found = VectorColumn.of(file, schema, vector, "embeddings.embedding", element);
    Map<String, List<Schema.Leaf>> ids = ids(schema);
    found.leaves().forEach(leaf -> ids.remove(leaf.name()));
    List<String> usual = IDS.stream().filter(ids::containsKey).toList();
    String wanted = id.isEmpty() && usual.size() == 1 ? usual.getFirst() : id;
    Schema.Leaf itsId =
        new OneColumn(file, schema, "embeddings.id", "ids (texts or whole numbers)")
            .of(ids, wanted)
            .getFirst();
    return new VectorColumns(itsId, found);
  }

  /** The columns to read; the id is the last. */
  public List<Schema.Leaf> all() {
    List<Schema.Leaf> all = new ArrayList<>(vector.leaves());
    all.add(id);
    return all;
  }

  private static Map<String, List<Schema.Leaf>> ids(Schema schema) {
    Map<String, List<Schema.Leaf>> found = new TreeMap<>();
    for (Schema.Leaf leaf : schema.leaves()) {
      boolean whole = leaf.type() == Type.INT32 || leaf.type() == Type.INT64;
      if (leaf.maxRepetition() == 0 && (leaf.isBytes() || whole)) {
        found.put(leaf.name(), List.of(leaf));
      }
    }
    return found;
  }
}
