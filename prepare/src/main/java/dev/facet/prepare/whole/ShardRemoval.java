package dev.facet.prepare.whole;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.loader.shard.Manifest;
import dev.facet.loader.shard.writing.ShardCopy;
import dev.facet.loader.table.ObjectSink;
import dev.facet.loader.table.ParquetTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows of shards that are to be removed. */
final class ShardRemoval {
  private static final String ID = "id";
  private static final String SOURCE = "source";
  private static final String SHA256 = "sha256";

  /** Columns of texts that are no captions. */
  private static final Set<String> NO_CAPTIONS = Set.of("box", "labels", "image", "embedding");

  private final Path folder;
  private final List<Manifest.ShardInfo> shards;
  private final Removed removed;
  private final List<Manifest.ShardInfo> left = new ArrayList<>();
  private final List<String> rewritten = new ArrayList<>();
  private final List<String> emptied = new ArrayList<>();
  private final SortedMap<Integer, Long> sides = new TreeMap<>();
  private final SortedMap<Integer, Long> words = new TreeMap<>();
  private long rows;
  private long bytes;

  ShardRemoval(Path folder, List<Manifest.ShardInfo> shards, Removed removed) {
    this.folder = folder;
    this.shards = shards;
    this.removed = removed;
  }

  /** Finds the samples that are named themselves. */
  void find() throws IOException {
    for (Manifest.ShardInfo shard : shards) {
      read(
          shard,
          List.of(ID, SOURCE, SHA256),
          (number, row) -> {
            if (removed.isNamed(text(row, ID), List.of(), source(row), sha256(row))) {
              add(row);
            }
          });
    }
  }

  private void add(ObjectNode row) {
    removed.addSample(text(row, ID), source(row));
    String sha256 = sha256(row);
    if (sha256 != null) {
      removed.addCrop(sha256);
    }
  }

  /**
   * Writes the shards anew that have rows to be removed.
   *
   * @param alike whether the same bytes are the same picture; else only the names of samples count
   */
  void write(Path target, boolean alike) throws IOException {
    for (Manifest.ShardInfo shard : shards) {
      BitSet gone = new BitSet();
      List<ObjectNode> found = new ArrayList<>();
      read(
          shard,
          List.of(ID, SOURCE, SHA256),
          (number, row) -> {
            String sha256 = sha256(row);
            boolean same = alike && sha256 != null && removed.crops().contains(sha256);
            if (same || removed.hasSample(text(row, ID), source(row))) {
              gone.set(Math.toIntExact(number));
              found.add(row);
            }
          });
      if (gone.isEmpty()) {
        left.add(shard);
      } else {
        found.forEach(this::add);
        count(shard, gone);
        copy(shard, gone, target);
      }
    }
  }

  private void copy(Manifest.ShardInfo shard, BitSet gone, Path target) throws IOException {
    Path copy = target.resolve(shard.name());
    ShardCopy made =
        ShardCopy.write(
            folder.resolve(shard.name()), copy, number -> !gone.get(Math.toIntExact(number)));
    rows += gone.cardinality();
    bytes += made.pictureBytes();
    if (made.groups().isEmpty()) {
      emptied.add(shard.name());
    } else {
      rewritten.add(shard.name());
      left.add(
          new Manifest.ShardInfo(
              shard.name(),
              shard.split(),
              shard.rows() - gone.cardinality(),
              Files.size(copy),
              made.groups()));
    }
  }

  /** Counts what the rows that go had. */
  private void count(Manifest.ShardInfo shard, BitSet gone) throws IOException {
    ParquetTable table = ParquetTable.open(folder.resolve(shard.name()));
    List<String> lists = new ArrayList<>();
    for (String column : table.schema().columns()) {
      boolean nested = table.schema().under(column).getFirst().maxRepetition() > 0;
      if (nested && !NO_CAPTIONS.contains(column)) {
        lists.add(column);
      }
    }
    if (lists.size() > 1) {
      lists.remove(ShardFiles.CAPTIONS); // those of the others, once more
    }
    List<String> columns = new ArrayList<>(lists);
    columns.addAll(List.of("width", "height"));
    read(
        shard,
        columns,
        (number, row) -> {
          if (!gone.get(Math.toIntExact(number))) {
            return;
          }
          if (row.hasNonNull("width") && row.hasNonNull("height")) {
            int side = Tally.side(row.get("width").asInt(), row.get("height").asInt());
            sides.merge(side, 1L, Long::sum);
          }
          for (String column : lists) {
            for (JsonNode caption : row.path(column)) {
              words.merge(Tally.words(caption.asText()), 1L, Long::sum);
            }
          }
        });
  }

  /** Takes each row. */
  private interface Each {
    void row(long number, ObjectNode row);
  }

  private void read(Manifest.ShardInfo shard, List<String> wanted, Each each) throws IOException {
    ParquetTable table = ParquetTable.open(folder.resolve(shard.name()));
    List<String> columns = wanted.stream().filter(table::has).toList();
    table.read(
        columns,
        new ObjectSink() {
          @Override
          public void row(long number, ObjectNode row) {
            each.row(number, row);
          }

          @Override
          public void unreadable(long first, long count, String why) {
            throw FacetException.run(why + "; nothing was changed");
          }
        });
  }

  private static String text(ObjectNode row, String column) {
    return row.path(column).asText("");
  }

  private static @Nullable String source(ObjectNode row) {
    return row.hasNonNull(SOURCE) ? row.get(SOURCE).asText() : null;
  }

  private static @Nullable String sha256(ObjectNode row) {
    return row.hasNonNull(SHA256) ? row.get(SHA256).asText() : null;
  }

  /** All shards that there are then. */
  List<Manifest.ShardInfo> left() {
    return left;
  }

  /** Names of those that were written anew. */
  List<String> rewritten() {
    return rewritten;
  }

  /** Names of those that have no row any more. */
  List<String> emptied() {
    return emptied;
  }

  /** Rows that go. */
  long rows() {
    return rows;
  }

  /** Of their pictures. */
  long bytes() {
    return bytes;
  }

  SortedMap<Integer, Long> sides() {
    return sides;
  }

  SortedMap<Integer, Long> words() {
    return words;
  }
}
