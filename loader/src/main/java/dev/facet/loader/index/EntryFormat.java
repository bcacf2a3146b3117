package dev.facet.loader.index;

import dev.facet.loader.data.Row;
import dev.facet.loader.files.PictureFiles;
import dev.facet.loader.index.Entry.FaceBox;
import dev.facet.loader.index.Entry.Picture;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry as bytes, big-endian: part (int), number (long), where the picture is (kind byte, long,
 * int; the bytes of a path follow, or of what is wrong with the entry), id, source, box, captions
 * with weights, labels. A text is its length (int, -1 for none) and UTF-8. Written once, then read
 * from mapped memory straight into a {@link Row}, without an object.
 */
public final class EntryFormat {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  static final byte NO_PICTURE = 0;
  static final byte IN_FILE = 1;
  static final byte IN_TAR = 2;
  static final byte MALFORMED = 3;

  private static final byte NO_BOX = 0;
  private static final byte EDGES = 1;
  private static final byte BAD_BOX = 2;

  private static final int NUMBER = 4;
  private static final int KIND = 12;
  private static final int OFFSET = 13;
  private static final int LENGTH = 21;

  /** Where a path or a message begins, if there is one. */
  static final int PATH = 25;

  private EntryFormat() {}

  static void write(Entry entry, int part, DataOutputStream out) throws IOException {
    out.writeInt(part);
    out.writeLong(entry.number());
    if (entry.fault() != null) {
      place(MALFORMED, 0, entry.fault().getBytes(StandardCharsets.UTF_8), out);
    } else {
      write(entry.picture(), out);
    }
    write(entry.id(), out);
    write(entry.source(), out);
    write(entry.box(), out);
    out.writeInt(entry.captions().size());
    for (Entry.Caption caption : entry.captions()) {
      out.writeDouble(caption.weight());
      write(caption.text(), out);
    }
    out.writeInt(entry.labels().size());
    for (Map.Entry<String, String> label : entry.labels().entrySet()) {
      write(label.getKey(), out);
      write(label.getValue(), out);
    }
  }

  private static void write(@Nullable Picture picture, DataOutputStream out) throws IOException {
    switch (picture) {
      case null -> place(NO_PICTURE, 0, 0, out);
      case Picture.InFile file ->
          place(IN_FILE, 0, file.path().getBytes(StandardCharsets.UTF_8), out);
      // What is longer than an int can say is refused for its size all the same.
      case Picture.InTar(long offset, long length) ->
          place(IN_TAR, offset, (int) Math.min(length, Integer.MAX_VALUE), out);
    }
  }

  private static void place(byte kind, long offset, byte[] text, DataOutputStream out)
      throws IOException {
    place(kind, offset, text.length, out);
    out.write(text);
  }

  private static void place(byte kind, long offset, int length, DataOutputStream out)
      throws IOException {
    out.writeByte(kind);
    out.writeLong(offset);
    out.writeInt(length);
  }

  private static void write(@Nullable FaceBox box, DataOutputStream out) throws IOException {
    switch (box) {
      case null -> out.writeByte(NO_BOX);
      case FaceBox.Edges edges -> {
        out.writeByte(EDGES);
        out.writeDouble(edges.x1());
        out.writeDouble(edges.y1());
        out.writeDouble(edges.x2());
        out.writeDouble(edges.y2());
      }
      case FaceBox.Bad(String text) -> {
        out.writeByte(BAD_BOX);
        write(text, out);
      }
    }
  }

  static void write(@Nullable String text, DataOutputStream out) throws IOException {
    if (text == null) {
      out.writeInt(-1);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  public static int part(MemorySegment map, long entry) {
    return map.get(INT, entry);
  }

  static long number(MemorySegment map, long entry) {
    return map.get(LONG, entry + NUMBER);
  }

  static byte pictureKind(MemorySegment map, long entry) {
    return map.get(ValueLayout.JAVA_BYTE, entry + KIND);
  }

  static long pictureOffset(MemorySegment map, long entry) {
    return map.get(LONG, entry + OFFSET);
  }

  /** Bytes of the picture in its tar, of its path, or of the message. */
  static int pictureLength(MemorySegment map, long entry) {
    return map.get(INT, entry + LENGTH);
  }

  /** Everything but the place and the picture. */
  static void read(MemorySegment map, long entry, Row row) {
    long at = entry + PATH;
    byte kind = pictureKind(map, entry);
    if (kind == IN_FILE || kind == MALFORMED) {
      at += pictureLength(map, entry);
    }
    if (kind == MALFORMED) {
      row.malformed(PictureFiles.name(map, entry + PATH, pictureLength(map, entry)));
    }
    int length = map.get(INT, at);
    if (length >= 0) {
      row.id(map, at + 4, length);
    }
    at = afterText(map, at);
    length = map.get(INT, at);
    if (length >= 0) {
      row.source(map, at + 4, length);
    } else if (kind == IN_FILE) {
      row.source(map, entry + PATH, pictureLength(map, entry));
    }
    at = readBox(map, afterText(map, at), row);
    int captions = map.get(INT, at);
    at += 4;
    for (int i = 0; i < captions; i++) {
      row.caption(map, at + 12, map.get(INT, at + 8), map.get(DOUBLE, at));
      at = afterText(map, at + 8);
    }
    int labels = map.get(INT, at);
    at += 4;
    for (int i = 0; i < labels; i++) {
      long value = afterText(map, at);
      row.label(map, at + 4, map.get(INT, at), map, value + 4, map.get(INT, value));
      at = afterText(map, value);
    }
  }

  private static long readBox(MemorySegment map, long at, Row row) {
    return switch (map.get(ValueLayout.JAVA_BYTE, at)) {
      case EDGES -> {
        row.box(
            map.get(DOUBLE, at + 1),
            map.get(DOUBLE, at + 9),
            map.get(DOUBLE, at + 17),
            map.get(DOUBLE, at + 25));
        yield at + 33;
      }
      case BAD_BOX -> {
        row.badBox(PictureFiles.name(map, at + 5, map.get(INT, at + 1)));
        yield afterText(map, at + 1);
      }
      default -> at + 1;
    };
  }

  private static long afterText(MemorySegment map, long at) {
    return at + 4 + Math.max(0, map.get(INT, at));
  }
}
