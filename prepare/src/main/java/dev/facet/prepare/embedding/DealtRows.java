package dev.facet.prepare.embedding;

import dev.facet.base.Json;
import dev.facet.base.Staged;
import dev.facet.prepare.source.EmbeddingFiles;
import dev.facet.prepare.source.EmbeddingSink;
import dev.facet.prepare.source.PublishedRow;
import dev.facet.prepare.source.PublishedTables;
import dev.facet.prepare.source.RowSink;
import dev.facet.prepare.source.TableFile;
import dev.facet.prepare.source.VectorFault;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Both sides of a join, dealt by a hash of the id into parts on disk, with what was lost on the
 * way. The folder appears when all is dealt, and stays for a process that goes on.
 */
public final class DealtRows {
  /** Captions and vectors of about so many rows are in memory at once. */
  private static final int ROWS_PER_PART = 50_000;

  private static final int MOST_PARTS = 512;
  private static final String CONTENTS = "dealt.json";
  private static final String LOST = "lost";
  private static final String CAPTIONS = "captions";
  private static final String VECTORS = "vectors";

  /**
   * What lies there.
   *
   * @param what was dealt
   * @param rows of captions, lost ones included
   * @param width numbers of a vector
   */
  record Contents(String what, long rows, int width, int parts) {}

  private final Path folder;
  private final Contents contents;

  private DealtRows(Path folder, Contents contents) {
    this.folder = folder;
    this.contents = contents;
  }

  /**
   * Deals rows, unless an earlier process did.
   *
   * @param folder that takes about as many bytes as the vectors as floats and the captions
   * @param what is dealt: of something else, all is dealt anew
   */
  public static DealtRows of(
      PublishedTables tables,
      EmbeddingFiles embeddings,
      Path folder,
      String what,
      JoinProgress progress)
      throws IOException, InterruptedException {
    Path file = folder.resolve(CONTENTS);
    if (Files.exists(file)) {
      Contents there = Json.read(file, Contents.class, 1L << 30);
      if (there.what.equals(what)) {
        return new DealtRows(folder, there);
      }
    }
    Staged.delete(folder);
    long rows = 0;
    for (TableFile table : tables.files()) {
      rows += tables.count(table);
    }
    int parts = Math.clamp(rows / ROWS_PER_PART + 1, 1, MOST_PARTS);
    Contents contents = new Contents(what, rows, embeddings.width(), parts);
    try (Staged staged = Staged.directory(folder)) {
      new Dealing(staged.path(), contents, progress).run(tables, embeddings);
      Files.writeString(staged.path().resolve(CONTENTS), Json.PRETTY.writeValueAsString(contents));
      staged.commit();
    }
    return new DealtRows(folder, contents);
  }

  /** Rows of captions, lost ones included. */
  long rows() {
    return contents.rows;
  }

  /** Numbers of a vector. */
  int width() {
    return contents.width;
  }

  /** How many parts there are; all of one id lie in one, on either side. */
  int parts() {
    return contents.parts;
  }

  /** The captions of a part. */
  DataInputStream captions(int part) throws IOException {
    return Parts.open(folder, CAPTIONS, part);
  }

  /** The vectors of a part, and faults of those that cannot be used. */
  DataInputStream vectors(int part) throws IOException {
    return Parts.open(folder, VECTORS, part);
  }

  /** Removes it, once nobody needs it any more. */
  public void delete() throws IOException {
    Staged.delete(folder);
  }

  /** Tells what was lost while rows were dealt. */
  void tellLost(JoinSink sink) throws IOException, InterruptedException {
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(Files.newInputStream(folder.resolve(LOST)), 1 << 16))) {
      for (String file = Parts.readOrNull(in); file != null; file = Parts.readOrNull(in)) {
        boolean vector = in.readBoolean();
        long number = in.readLong();
        long count = in.readLong();
        String reason = Parts.read(in);
        if (vector) {
          sink.lostVector(file, number, count, reason);
        } else {
          sink.lostRow(file, number, count, reason);
        }
      }
    }
  }

  /** Deals the rows of both sides. */
  private static final class Dealing {
    private final Path folder;
    private final Contents contents;
    private final JoinProgress progress;
    private long total;
    private long dealt;

    Dealing(Path folder, Contents contents, JoinProgress progress) {
      this.folder = folder;
      this.contents = contents;
      this.progress = progress;
    }

    void run(PublishedTables tables, EmbeddingFiles embeddings)
        throws IOException, InterruptedException {
      total = contents.rows;
      for (TableFile file : embeddings.files()) {
        total += file.rows();
      }
      try (DataOutputStream lost =
          new DataOutputStream(
              new BufferedOutputStream(Files.newOutputStream(folder.resolve(LOST)), 1 << 16))) {
        try (Parts captions = new Parts(folder, CAPTIONS, contents.parts)) {
          for (TableFile file : tables.files()) {
            tables.read(file, new Rows(file.name(), captions, lost));
          }
        }
        try (Parts vectors = new Parts(folder, VECTORS, contents.parts)) {
          for (TableFile file : embeddings.files()) {
            embeddings.read(file, new Vectors(file.name(), vectors, lost));
          }
        }
      }
    }

    private void dealt(long rows) {
      dealt += rows;
      progress.dealt(dealt, total);
    }

    private static void lose(
        DataOutputStream lost, boolean vector, String file, long number, long count, String reason)
        throws IOException {
      Parts.write(lost, file);
      lost.writeBoolean(vector);
      lost.writeLong(number);
      lost.writeLong(count);
      Parts.write(lost, reason);
    }

    /** Deals rows of captions. */
    private final class Rows implements RowSink {
      private final String file;
      private final Parts parts;
      private final DataOutputStream lost;

      Rows(String file, Parts parts, DataOutputStream lost) {
        this.file = file;
        this.parts = parts;
        this.lost = lost;
      }

      @Override
      public void row(PublishedRow row) throws IOException {
        dealt(1);
        Captioned its = new Captioned(file, row.number(), row.id(), row.urls(), row.captions());
        if (row.id().isBlank()) {
          lose(lost, false, file, row.number(), 1, "no_id");
        } else {
          its.write(parts.of(row.id()));
        }
      }

      @Override
      public void unreadable(long first, long count, String why) throws IOException {
        dealt(count);
        lose(lost, false, file, first, count, "unreadable_rows");
      }
    }

    /** Deals vectors, and the faults of those that cannot be used. */
    private final class Vectors implements EmbeddingSink {
      private final String file;
      private final Parts parts;
      private final DataOutputStream lost;

      Vectors(String file, Parts parts, DataOutputStream lost) {
        this.file = file;
        this.parts = parts;
        this.lost = lost;
      }

      @Override
      public void vector(long number, String id, float[] vector) throws IOException {
        dealt(1);
        DataOutputStream out = parts.of(id);
        begin(out, number, id, "");
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
        bytes.asFloatBuffer().put(vector);
        out.write(bytes.array());
      }

      @Override
      public void unusable(long number, String id, VectorFault fault) throws IOException {
        dealt(1);
        lose(lost, true, file, number, 1, fault.word());
        if (!id.isBlank()) {
          begin(parts.of(id), number, id, fault.word());
        }
      }

      private void begin(DataOutputStream out, long number, String id, String fault)
          throws IOException {
        Parts.write(out, file);
        out.writeLong(number);
        Parts.write(out, id);
        Parts.write(out, fault);
      }

      @Override
      public void unreadable(long first, long count, String why) throws IOException {
        dealt(count);
        lose(lost, true, file, first, count, "unreadable_rows");
      }
    }
  }
}
