package dev.facet.loader.shard.writing;

import dev.facet.base.FacetException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * The columns of a shard. What training reads stands first and together, so that a row group comes
 * in with one read; lists and maps have the three levels that the Parquet format prescribes
 * (LogicalTypes.md, "Nested Types"), under the names every reader expects.
 */
final class ShardSchema {
  static final String ID = "id";
  static final String IMAGE = "image";
  static final String CAPTIONS = "captions";
  static final String BOX = "box";
  static final String LABELS = "labels";
  static final String SOURCE = "source";
  static final String WIDTH = "width";
  static final String HEIGHT = "height";
  static final String SHA256 = "sha256";
  static final String SPLIT = "split";

  private static final Set<String> OWN =
      Set.of(ID, IMAGE, CAPTIONS, BOX, LABELS, SOURCE, WIDTH, HEIGHT, SHA256, SPLIT);

  /** What needs no quotes in a query, and is no path to a column. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private static final String COLUMNS =
      """
      message facet_shard {
        required binary id (STRING);
        required binary image;
        required group captions (LIST) {
          repeated group list { required binary element (STRING); }
        }
        optional group box (LIST) {
          repeated group list { required double element; }
        }
        required group labels (MAP) {
          repeated group key_value {
            required binary key (STRING);
            required binary value (STRING);
          }
        }
        required binary source (STRING);
        required int32 width;
        required int32 height;
        required binary sha256 (STRING);
        required binary split (STRING);
      """;

  private ShardSchema() {}

  /**
   * The columns of a shard.
   *
   * @param named captions that are kept in columns of their own, besides those in {@code captions}
   * @throws FacetException if a name cannot be a column, or is one already
   */
  static MessageType of(List<String> named) {
    StringBuilder columns = new StringBuilder(COLUMNS);
    for (String name : named) {
      if (!NAME.matcher(name).matches() || OWN.contains(name)) {
        throw FacetException.usage(
            "a shard cannot keep captions in a column '%s': %s; give the captions another name"
                .formatted(
                    name,
                    OWN.contains(name)
                        ? "it has one of that name for something else"
                        : "letters, digits and _ make a name"));
      }
      columns.append(
          """
            optional group %s (LIST) {
              repeated group list { required binary element (STRING); }
            }
          """
              .formatted(name));
    }
    return MessageTypeParser.parseMessageType(columns.append("}").toString());
  }
}
