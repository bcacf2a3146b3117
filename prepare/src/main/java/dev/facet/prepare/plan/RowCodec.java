package dev.facet.prepare.plan;

import dev.facet.prepare.source.PublishedRow;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Rows as bytes, in files that nobody but this program reads, and that it made itself. */
final class RowCodec {
  private RowCodec() {}

  static void write(DataOutputStream out, long ordinal, PublishedRow row) throws IOException {
    out.writeLong(ordinal);
    text(out, row.id());
    texts(out, row.urls());
    out.writeInt(row.captions().size());
    for (Map.Entry<String, List<String>> column : row.captions().entrySet()) {
      text(out, column.getKey());
      texts(out, column.getValue());
    }
    texts(out, row.boxes());
    optional(out, row.sha256());
    optional(out, row.image());
  }

  /** The next row, or null at the end. */
  static @Nullable PlannedRow read(DataInputStream in) throws IOException {
    long ordinal;
    try {
      ordinal = in.readLong();
    } catch (EOFException e) {
      return null;
    }
    String id = text(in);
    List<String> urls = texts(in);
    SequencedMap<String, List<String>> captions = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      String column = text(in);
      captions.put(column, texts(in));
    }
    PublishedRow row =
        new PublishedRow(
            Ordinal.row(ordinal), id, urls, captions, texts(in), optional(in), optional(in));
    return new PlannedRow(ordinal, row);
  }

  static void texts(DataOutputStream out, List<String> texts) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      text(out, text);
    }
  }

  static List<String> texts(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<String> texts = new ArrayList<>(Math.min(count, 64));
    for (int i = 0; i < count; i++) {
      texts.add(text(in));
    }
    return texts;
  }

  private static void optional(DataOutputStream out, @Nullable String text) throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      text(out, text);
    }
  }

  private static @Nullable String optional(DataInputStream in) throws IOException {
    return in.readBoolean() ? text(in) : null;
  }

  static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the plan ends within a row");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
