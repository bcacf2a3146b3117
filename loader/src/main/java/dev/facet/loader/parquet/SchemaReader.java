package dev.facet.loader.parquet;

import dev.facet.loader.parquet.Schema.Leaf;
import dev.facet.loader.parquet.SchemaElement.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.Type;

/**
 * Rebuilds the tree of a schema, which a footer holds depth first, and gives its leaves names
 * without the levels that the format puts around the entries of lists and maps (LogicalTypes.md,
 * "Nested Types", with its rules for older files): writers call those as they like.
 */
final class SchemaReader {
  private static final int DEEPEST = 50;

  private final List<SchemaElement> elements;
  private final List<Leaf> leaves = new ArrayList<>();
  private int next = 1; // the first is the root

  private SchemaReader(List<SchemaElement> elements) {
    this.elements = elements;
  }

  /** Reads the list of schema elements that a footer's reader stands at. */
  public static Schema read(ThriftReader in) throws IOException {
    int count = in.list();
    List<SchemaElement> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(SchemaElement.read(in));
    }
    if (elements.isEmpty()) {
      throw new IOException("it has no schema");
    }
    return new SchemaReader(elements).read();
  }

  /** Whether the name of an element says anything follows from what it stands in. */
  private enum Inside {
    STRUCT,
    LIST,
    LIST_ENTRY,
    MAP
  }

  private record Level(
      List<String> path, List<String> names, int definition, int repetition, Inside inside) {}

  private Schema read() throws IOException {
    List<String> columns = new ArrayList<>();
    Level root = new Level(List.of(), List.of(), 0, 0, Inside.STRUCT);
    int count = elements.getFirst().children();
    for (int i = 0; i < count; i++) {
      columns.add(peek().name());
      readElement(root);
    }
    return new Schema(List.copyOf(leaves), List.copyOf(columns));
  }

  private SchemaElement peek() throws IOException {
    if (next >= elements.size()) {
      throw new IOException("its schema ends too early");
    }
    return elements.get(next);
  }

  private void readElement(Level parent) throws IOException {
    SchemaElement element = peek();
    next++;
    int repetition = parent.repetition + (element.repetition() == SchemaElement.REPEATED ? 1 : 0);
    int definition = parent.definition + (element.repetition() == SchemaElement.REQUIRED ? 0 : 1);
    List<String> path = append(parent.path, element.name());
    List<String> names =
        parent.inside == Inside.STRUCT ? append(parent.names, element.name()) : parent.names;
    if (path.size() > DEEPEST) {
      throw new IOException("its schema nests too deeply");
    }
    Type type = element.type();
    if (type != null && element.children() == 0) {
      int width = width(type, element.length());
      boolean text = element.kind() == Kind.TEXT;
      leaves.add(new Leaf(leaves.size(), path, names, type, width, definition, repetition, text));
      return;
    }
    Level level = new Level(path, names, definition, repetition, inside(parent.inside, element));
    for (int i = 0; i < element.children(); i++) {
      readElement(level);
    }
  }

  /** The entries of a list stand in a repeated group with one field, or are repeated themselves. */
  private static Inside inside(Inside parent, SchemaElement element) {
    return switch (element.kind()) {
      case LIST -> Inside.LIST;
      // Older files mark the repeated group of a map as a map, too.
      case MAP -> parent == Inside.MAP ? Inside.STRUCT : Inside.MAP;
      case PLAIN, TEXT ->
          parent == Inside.LIST
                  && element.repetition() == SchemaElement.REPEATED
                  && element.children() == 1
              ? Inside.LIST_ENTRY
              : Inside.STRUCT;
    };
  }

  private static int width(Type type, int length) throws IOException {
    int width =
        switch (type) {
          case BOOLEAN -> 1;
          case INT32, FLOAT -> 4;
          case INT64, DOUBLE -> 8;
          case INT96 -> 12;
          case BYTE_ARRAY -> 0;
          case FIXED_LEN_BYTE_ARRAY -> length;
        };
    if (width < 0 || (width == 0 && type != Type.BYTE_ARRAY)) {
      throw new IOException("its schema has a type of impossible length " + width);
    }
    return width;
  }

  private static List<String> append(List<String> names, String name) {
    List<String> longer = new ArrayList<>(names);
    longer.add(name);
    return List.copyOf(longer);
  }
}
