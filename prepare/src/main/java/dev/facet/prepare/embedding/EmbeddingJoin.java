package dev.facet.prepare.embedding;

import dev.facet.base.SampleRandom;
import dev.facet.base.Staged;
import dev.facet.loader.data.Holdout;
import dev.facet.prepare.source.EmbeddingFiles;
import dev.facet.prepare.source.EmbeddingSink;
import dev.facet.prepare.source.PublishedRow;
import dev.facet.prepare.source.PublishedTables;
import dev.facet.prepare.source.RowSink;
import dev.facet.prepare.source.TableFile;
import dev.facet.prepare.source.VectorFault;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Joins vectors to the captions that have their id. Both sides are dealt by a hash of the id into
 * parts on disk, and joined part by part (a hash join as databases do it, after Grace): memory
 * holds one part, however many rows there are. Of several rows with one id the first counts, on
 * each side. Parts and the order of pairs within each follow from hashes of the ids: the order is
 * the same every time, and mixes the files.
 */
public final class EmbeddingJoin {
  /** Captions and vectors of about so many rows are in memory at once. */
  private static final int ROWS_PER_PART = 50_000;

  private static final int MOST_PARTS = 512;

  private final PublishedTables tables;
  private final EmbeddingFiles embeddings;
  private final Path scratch;
  private final long seed;
  private final JoinSink sink;
  private final JoinProgress progress;
  private long total;
  private long dealt;

  private EmbeddingJoin(
      PublishedTables tables,
      EmbeddingFiles embeddings,
      Path scratch,
      long seed,
      JoinSink sink,
      JoinProgress progress) {
    this.tables = tables;
    this.embeddings = embeddings;
    this.scratch = scratch;
    this.seed = seed;
    this.sink = sink;
    this.progress = progress;
  }

  /**
   * Joins all rows.
   *
   * @param scratch a folder that is made, takes about as many bytes as the vectors as floats and
   *     the captions, and is removed again
   * @param seed of the order of pairs
   * @throws IOException from the sink, or if there is no room
   */
  public static void run(
      PublishedTables tables,
      EmbeddingFiles embeddings,
      Path scratch,
      long seed,
      JoinSink sink,
      JoinProgress progress)
      throws IOException, InterruptedException {
    Files.createDirectories(scratch);
    try {
      new EmbeddingJoin(tables, embeddings, scratch, seed, sink, progress).run();
    } finally {
      Staged.delete(scratch);
    }
  }

  private void run() throws IOException, InterruptedException {
    long rows = 0;
    for (TableFile file : tables.files()) {
      rows += tables.count(file);
    }
    total = rows;
    for (TableFile file : embeddings.files()) {
      total += file.rows();
    }
    int count = Math.clamp(rows / ROWS_PER_PART + 1, 1, MOST_PARTS);
    Parts captions = new Parts(scratch, "captions", count);
    try (captions) {
      for (TableFile file : tables.files()) {
        tables.read(file, new Rows(file.name(), captions));
      }
    }
    Parts vectors = new Parts(scratch, "vectors", count);
    try (vectors) {
      for (TableFile file : embeddings.files()) {
        embeddings.read(file, new Vectors(file.name(), vectors));
      }
    }
    for (int part = 0; part < count; part++) {
      join(captions, vectors, part);
      captions.delete(part);
      vectors.delete(part);
      progress.joined(rows * (part + 1) / count, rows);
    }
  }

  private void dealt(long rows) {
    dealt += rows;
    progress.dealt(dealt, total);
  }

  /** Deals rows of captions. */
  private final class Rows implements RowSink {
    private final String file;
    private final Parts parts;

    Rows(String file, Parts parts) {
      this.file = file;
      this.parts = parts;
    }

    @Override
    public void row(PublishedRow row) throws IOException, InterruptedException {
      dealt(1);
      Captioned its = new Captioned(file, row.number(), row.id(), row.urls(), row.captions());
      if (row.id().isBlank()) {
        sink.lostRow(file, row.number(), 1, "no_id");
      } else {
        write(its, parts.of(row.id()));
      }
    }

    @Override
    public void unreadable(long first, long count, String why)
        throws IOException, InterruptedException {
      dealt(count);
      sink.lostRow(file, first, count, "unreadable_rows");
    }
  }

  /** Deals vectors, and the faults of those that cannot be used. */
  private final class Vectors implements EmbeddingSink {
    private final String file;
    private final Parts parts;

    Vectors(String file, Parts parts) {
      this.file = file;
      this.parts = parts;
    }

    @Override
    public void vector(long number, String id, float[] vector) throws IOException {
      dealt(1);
      DataOutputStream out = parts.of(id);
      begin(out, number, id, "");
      for (float each : vector) {
        out.writeFloat(each);
      }
    }

    @Override
    public void unusable(long number, String id, VectorFault fault)
        throws IOException, InterruptedException {
      dealt(1);
      sink.lostVector(file, number, 1, fault.word());
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
    public void unreadable(long first, long count, String why)
        throws IOException, InterruptedException {
      dealt(count);
      sink.lostVector(file, first, count, "unreadable_rows");
    }
  }

  /** A row of captions that waits for its vector. */
  private static final class Waiting {
    private final Captioned row;
    private final long place;
    private float @Nullable [] vector;
    private String why = "no_embedding";

    Waiting(Captioned row, long seed) {
      this.row = row;
      this.place = SampleRandom.mix(Holdout.hash(row.id()) ^ SampleRandom.mix(seed));
    }
  }

  private void join(Parts captions, Parts vectors, int part)
      throws IOException, InterruptedException {
    Map<String, Waiting> waiting = new LinkedHashMap<>();
    try (DataInputStream in = captions.open(part)) {
      for (Captioned row = next(in); row != null; row = next(in)) {
        if (waiting.putIfAbsent(row.id(), new Waiting(row, seed)) != null) {
          sink.lostRow(row.file(), row.number(), 1, "repeated_id");
        }
      }
    }
    try (DataInputStream in = vectors.open(part)) {
      pair(in, waiting);
    }
    List<Waiting> all = new ArrayList<>(waiting.values());
    all.sort(Comparator.comparingLong(each -> each.place));
    for (Waiting each : all) {
      if (each.vector != null) {
        sink.pair(each.row, each.vector);
      } else {
        sink.lostRow(each.row.file(), each.row.number(), 1, each.why);
      }
    }
  }

  private void pair(DataInputStream in, Map<String, Waiting> waiting)
      throws IOException, InterruptedException {
    Map<String, String> names = new HashMap<>(); // of files, each once
    for (String read = name(in); read != null; read = name(in)) {
      String file = names.computeIfAbsent(read, name -> name);
      long number = in.readLong();
      Waiting its = waiting.get(Parts.read(in));
      String fault = Parts.read(in);
      if (!fault.isEmpty()) {
        if (its != null) {
          its.why = fault;
        }
        continue;
      }
      float[] vector = new float[embeddings.width()];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = in.readFloat();
      }
      if (its == null) {
        sink.lostVector(file, number, 1, "no_row");
      } else if (its.vector != null) {
        sink.lostVector(file, number, 1, "repeated_id");
      } else {
        its.vector = vector;
      }
    }
  }

  private static void write(Captioned row, DataOutputStream out) throws IOException {
    Parts.write(out, row.file());
    out.writeLong(row.number());
    Parts.write(out, row.id());
    Parts.write(out, row.urls());
    out.writeInt(row.captions().size());
    for (Map.Entry<String, List<String>> each : row.captions().entrySet()) {
      Parts.write(out, each.getKey());
      Parts.write(out, each.getValue());
    }
  }

  private static @Nullable Captioned next(DataInputStream in) throws IOException {
    String file = name(in);
    if (file == null) {
      return null;
    }
    long number = in.readLong();
    String id = Parts.read(in);
    List<String> urls = Parts.readList(in);
    SequencedMap<String, List<String>> captions = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      captions.put(Parts.read(in), Parts.readList(in));
    }
    return new Captioned(file, number, id, urls, captions);
  }

  /** What a record begins with; null at the end. */
  private static @Nullable String name(DataInputStream in) throws IOException {
    in.mark(1);
    if (in.read() < 0) {
      return null;
    }
    in.reset();
    try {
      return Parts.read(in);
    } catch (EOFException e) {
      throw new IOException("a part of the join was cut: is the disk full?", e);
    }
  }
}
