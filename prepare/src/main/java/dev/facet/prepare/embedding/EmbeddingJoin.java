package dev.facet.prepare.embedding;

import dev.facet.base.SampleRandom;
import dev.facet.loader.data.Holdout;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins vectors to the captions that have their id. Both sides are dealt by a hash of the id into
 * parts on disk, and joined part by part (a hash join as databases do it, after Grace): memory
 * holds one part, however many rows there are. Of several rows with one id the first counts, on
 * each side. Parts and the order of pairs within each follow from hashes of the ids: the order is
 * the same every time, and mixes the files.
 */
public final class EmbeddingJoin {
  private final DealtRows dealt;
  private final long seed;
  private final JoinSink sink;
  private final JoinProgress progress;
  private long joined;

  private EmbeddingJoin(DealtRows dealt, long seed, JoinSink sink, JoinProgress progress) {
    this.dealt = dealt;
    this.seed = seed;
    this.sink = sink;
    this.progress = progress;
  }

  /**
   * Joins all rows.
   *
   * @param seed of the order of pairs
   * @throws IOException from the sink
   */
  public static void run(DealtRows dealt, long seed, JoinSink sink, JoinProgress progress)
      throws IOException, InterruptedException {
    dealt.tellLost(sink);
    EmbeddingJoin join = new EmbeddingJoin(dealt, seed, sink, progress);
    for (int part = 0; part < dealt.parts(); part++) {
      join.join(part);
    }
    progress.joined(dealt.rows(), dealt.rows());
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

  private void join(int part) throws IOException, InterruptedException {
    Map<String, Waiting> waiting = new LinkedHashMap<>();
    try (DataInputStream in = dealt.captions(part)) {
      for (Captioned row = Captioned.read(in); row != null; row = Captioned.read(in)) {
        if (waiting.putIfAbsent(row.id(), new Waiting(row, seed)) != null) {
          sink.lostRow(row.file(), row.number(), 1, "repeated_id");
          joined++;
        }
      }
    }
    try (DataInputStream in = dealt.vectors(part)) {
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
      progress.joined(++joined, dealt.rows());
    }
  }

  private void pair(DataInputStream in, Map<String, Waiting> waiting)
      throws IOException, InterruptedException {
    Map<String, String> names = new HashMap<>(); // of files, each once
    for (String read = Parts.readOrNull(in); read != null; read = Parts.readOrNull(in)) {
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
      float[] vector = new float[dealt.width()];
      byte[] bytes = new byte[vector.length * Float.BYTES];
      in.readFully(bytes);
      ByteBuffer.wrap(bytes).asFloatBuffer().get(vector);
      if (its == null) {
        sink.lostVector(file, number, 1, "no_row");
      } else if (its.vector != null) {
        sink.lostVector(file, number, 1, "repeated_id");
      } else {
        its.vector = vector;
      }
    }
  }
}
