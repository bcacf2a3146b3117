package dev.facet.loader.shard;

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

  static final MessageType TYPE =
      MessageTypeParser.parseMessageType(
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
          }
          """);

  private ShardSchema() {}
}
