package dev.facet.prepare.embedding;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Files into which records are dealt by a hash of their id, so that all of one id lie in one file,
 * in the order in which they came.
 */
final class Parts implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final List<DataOutputStream> outs = new ArrayList<>();

  Parts(Path folder, String name, int count) throws IOException {
    boolean done = false;
    try {
      for (int i = 0; i < count; i++) {
        outs.add(
            new DataOutputStream(
                new BufferedOutputStream(Files.newOutputStream(path(folder, name, i)), BUFFER)));
      }
      done = true;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  /** Where the records of an id go. */
  DataOutputStream of(String id) {
    int hash = id.hashCode() * 0x9E3779B1; // ids that count up would fill parts in turns
    return outs.get((int) (((hash & 0xffffffffL) * outs.size()) >>> 32));
  }

  private static Path path(Path folder, String name, int number) {
    return folder.resolve(String.format(Locale.ROOT, "%s-%05d", name, number));
  }

  /** Reads a part, once all are written. */
  static DataInputStream open(Path folder, String name, int number) throws IOException {
    return new DataInputStream(
        new BufferedInputStream(Files.newInputStream(path(folder, name, number)), BUFFER));
  }

  static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String read(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }

  /** What a record begins with; null at the end. */
  static @Nullable String readOrNull(DataInputStream in) throws IOException {
    in.mark(1);
    if (in.read() < 0) {
      return null;
    }
    in.reset();
    try {
      return read(in);
    } catch (EOFException e) {
      throw new IOException("a part of the join was cut: is the disk full?", e);
    }
  }

  static void write(DataOutputStream out, List<String> texts) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      write(out, text);
    }
  }

  static List<String> readList(DataInputStream in) throws IOException {
    List<String> texts = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      texts.add(read(in));
    }
    return texts;
  }

  @Override
  public void close() throws IOException {
    IOException first = null;
    for (DataOutputStream out : outs) {
      try {
        out.close();
      } catch (IOException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
