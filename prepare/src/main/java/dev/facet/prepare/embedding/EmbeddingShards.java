package dev.facet.prepare.embedding;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.base.Staged;
import dev.facet.loader.data.Holdout;
import dev.facet.loader.shard.Manifest;
import dev.facet.loader.table.EmbeddingRow;
import dev.facet.loader.table.EmbeddingShardWriter;
import dev.facet.prepare.fetch.address.Addresses;
import dev.facet.prepare.part.Captions;
import dev.facet.prepare.source.VectorFault;
import dev.facet.prepare.takedown.TakedownList;
import dev.facet.prepare.whole.ShardSettings;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Pairs on their way into shards, and what becomes of all others: {@value #LOST} has a line for
 * every row and vector that is in none.
 */
public final class EmbeddingShards implements JoinSink, AutoCloseable {
  /** Lists what is lost. */
  public static final String LOST = "lost.jsonl";

  private static final String TAKEN_DOWN = "taken_down";

  /** The vector of a row that is left out. */
  private static final String ROW_LEFT_OUT = "row_left_out";

  /** From here on a number is infinite as a float16: half a step above the largest one, 65504. */
  private static final float TOO_LARGE_FOR_HALF = 65_520;

  /**
   * How shards are made.
   *
   * @param width numbers of a vector
   * @param store what they become
   * @param columns of captions, those that are only kept included
   * @param kept columns of texts that are not trained on
   * @param split which rows are held out, by their ids
   */
  public record Making(
      int width,
      EmbeddingSettings.Store store,
      List<String> columns,
      List<String> kept,
      Captions captions,
      TakedownList takedown,
      Holdout split,
      ShardSettings shards) {}

  /** A shard that rows go to: one that is being written, or that an earlier process finished. */
  private static final class Shard implements AutoCloseable {
    private final Manifest.@Nullable ShardInfo there;
    private final @Nullable Staged staged;
    private final @Nullable EmbeddingShardWriter writer;
    private final String name;
    private final Path info;
    private long count;

    Shard(Path folder, String name, Making making, List<String> named) throws IOException {
      this.name = name;
      this.info = folder.resolve(name + ".json");
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        there = Json.read(info, Manifest.ShardInfo.class);
        staged = null;
        writer = null;
      } else {
        there = null;
        staged = Staged.file(file);
        writer =
            new EmbeddingShardWriter(
                staged.path(),
                making.width,
                making.store.isHalf(),
                named,
                making.shards.rowsPerGroup());
      }
    }

    void write(EmbeddingRow row) throws IOException {
      if (writer != null) {
        writer.write(row);
      }
      count++;
    }

    Manifest.ShardInfo finish(String split) throws IOException {
      if (there != null || staged == null || writer == null) {
        return Objects.requireNonNull(there);
      }
      Manifest.ShardInfo its = writer.finish(name, split);
      Staged.write(info, Json.LINE.writeValueAsString(its));
      staged.commit();
      return its;
    }

    @Override
    public void close() throws IOException {
      try (staged) {
        if (writer != null) {
          writer.close();
        }
      }
    }
  }

  private final Path folder;
  private final Making making;
  private final List<String> named;
  private final Set<String> kept;
  private final BufferedWriter lost;
  private final Map<String, Shard> open = new TreeMap<>();
  private final Map<String, List<Manifest.ShardInfo>> finished = new TreeMap<>();
  private final SortedMap<String, Long> splits = new TreeMap<>();
  private final SortedMap<String, Long> lostRows = new TreeMap<>();
  private final SortedMap<String, Long> lostVectors = new TreeMap<>();
  private long pairs;
  private long samples;
  private long captions;

  /**
   * @param folder that is empty, or was filled by an earlier process from the same rows in the same
   *     way: shards that are finished stay as they are
   */
  public EmbeddingShards(Path folder, Making making) throws IOException {
    Staged.recover(folder);
    this.folder = folder;
    this.making = making;
    this.named = making.columns.size() > 1 ? List.copyOf(making.columns) : List.of();
    this.kept = Set.copyOf(making.kept);
    this.lost = Files.newBufferedWriter(folder.resolve(LOST));
  }

  @Override
  public void pair(Captioned row, float[] vector) throws IOException {
    pairs++;
    Captions.Usable texts = making.captions.of(row.captions());
    String fault = fault(vector);
    if (isTakenDown(row)) {
      leaveOut(row, TAKEN_DOWN);
    } else if (texts.left() != null) {
      leaveOut(row, texts.left());
    } else if (fault != null) {
      leaveOut(row, fault);
    } else {
      write(row, vector, texts.texts());
    }
  }

  private boolean isTakenDown(Captioned row) {
    return making.takedown.hasId(row.id())
        || addresses(row).stream().anyMatch(making.takedown::hasAddress);
  }

  private static List<URI> addresses(Captioned row) {
    return Addresses.of(row.urls());
  }

  /** What becomes of a vector whose numbers are stored in fewer bytes; null if it stays one. */
  private @Nullable String fault(float[] vector) {
    if (!making.store.isHalf()) {
      return null;
    }
    boolean zero = true;
    for (float number : vector) {
      if (Math.abs(number) >= TOO_LARGE_FOR_HALF) {
        return VectorFault.EMBEDDING_INFINITE.word();
      }
      zero &= Float.float16ToFloat(Float.floatToFloat16(number)) == 0;
    }
    return zero ? VectorFault.EMBEDDING_ZERO.word() : null;
  }

  private void leaveOut(Captioned row, String reason) throws IOException {
    lostRow(row.file(), row.number(), 1, reason);
    lostVectors.merge(ROW_LEFT_OUT, 1L, Long::sum);
  }

  private void write(Captioned row, float[] vector, SequencedMap<String, List<String>> texts)
      throws IOException {
    List<String> trained = new ArrayList<>();
    texts.forEach(
        (column, its) -> {
          if (!kept.contains(column)) {
            trained.addAll(its);
          }
        });
    SequencedMap<String, List<String>> byName = new LinkedHashMap<>(texts);
    byName.keySet().retainAll(named);
    List<URI> addresses = addresses(row);
    String source =
        addresses.isEmpty() ? row.file() + "#" + row.number() : addresses.getFirst().toString();
    String split = making.split.split(Holdout.hash(row.id()));
    Shard shard = shard(split);
    shard.write(new EmbeddingRow(row.id(), vector, trained, byName, source, split));
    samples++;
    captions += trained.size();
    splits.merge(split, 1L, Long::sum);
    if (shard.count == making.shards.rowsPerShard()) {
      finish(split);
    }
  }

  private Shard shard(String split) throws IOException {
    Shard there = open.get(split);
    if (there == null) {
      int number = finished.computeIfAbsent(split, each -> new ArrayList<>()).size();
      String name = String.format(Locale.ROOT, "%s-%05d.parquet", split, number);
      there = new Shard(folder, name, making, named);
      open.put(split, there);
    }
    return there;
  }

  private void finish(String split) throws IOException {
    Shard shard = open.remove(split);
    if (shard != null) {
      try (shard) {
        finished.computeIfAbsent(split, each -> new ArrayList<>()).add(shard.finish(split));
      }
    }
  }

  @Override
  public void lostRow(String file, long number, long count, String reason) throws IOException {
    lostRows.merge(reason, count, Long::sum);
    list("rows", file, number, count, reason);
  }

  @Override
  public void lostVector(String file, long number, long count, String reason) throws IOException {
    lostVectors.merge(reason, count, Long::sum);
    list("vectors", file, number, count, reason);
  }

  private void list(String of, String file, long number, long count, String reason)
      throws IOException {
    ObjectNode line = Json.LINE.createObjectNode();
    line.put("of", of).put("file", file).put("row", number);
    if (count > 1) {
      line.put("count", count);
    }
    lost.write(Json.LINE.writeValueAsString(line.put("reason", reason)));
    lost.newLine();
  }

  /**
   * Ends the last shards.
   *
   * @return all of them, in the order in which they are read
   */
  public List<Manifest.ShardInfo> finish() throws IOException {
    for (String split : List.copyOf(open.keySet())) {
      finish(split);
    }
    lost.close();
    return finished.values().stream().flatMap(List::stream).toList();
  }

  /** What was counted. */
  public JoinCounts counts() {
    return new JoinCounts(
        samples + sum(lostRows),
        samples + sum(lostVectors),
        making.width,
        pairs,
        samples,
        captions,
        splits,
        lostRows,
        lostVectors);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public void close() throws IOException {
    try (lost) {
      for (Shard shard : open.values()) {
        shard.close();
      }
    }
  }
}
