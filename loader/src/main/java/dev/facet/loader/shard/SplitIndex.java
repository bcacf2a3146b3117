package dev.facet.loader.shard;

import dev.facet.base.FacetException;
import dev.facet.loader.shard.ShardDataset.Group;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Finds the row groups of a split. A manifest says which file belongs to which split. Without one,
 * every Parquet file of the folder counts: its column {@code split} decides row by row, else its
 * name ({@code test-00000-of-00004.parquet}), else it is taken for {@code train}, never for a test
 * set by accident.
 */
final class SplitIndex {
  private static final Pattern NAME = Pattern.compile("([A-Za-z]+)-\\d+.*");

  /** No split has this name. */
  private static final String NO_SPLIT = "";

  private final String wanted;
  private final BufferPool buffers;
  private final List<Group> groups = new ArrayList<>();
  private final SortedMap<String, Long> seen = new TreeMap<>();

  private SplitIndex(String wanted, BufferPool buffers) {
    this.wanted = wanted;
    this.buffers = buffers;
  }

  static List<Group> groups(Path root, String split, BufferPool buffers) {
    SplitIndex index = scan(root, split, buffers);
    if (index.groups.isEmpty()) {
      throw FacetException.usage(
          index.seen.isEmpty()
              ? root + " has no rows: make the shards again"
              : "%s has no rows in split '%s'; there is %s"
                  .formatted(root, split, String.join(", ", index.seen.keySet())));
    }
    return List.copyOf(index.groups);
  }

  /** Rows of every split. */
  static SortedMap<String, Long> counts(Path root) {
    return scan(root, NO_SPLIT, new BufferPool()).seen;
  }

  private static SplitIndex scan(Path root, String split, BufferPool buffers) {
    SplitIndex index = new SplitIndex(split, buffers);
    Manifest manifest = Files.isDirectory(root) ? Manifest.read(root) : null;
    if (manifest != null) {
      index.addListed(root, manifest);
    } else {
      index.addFound(root);
    }
    return index;
  }

  private void addListed(Path folder, Manifest manifest) {
    for (Manifest.ShardInfo info : manifest.files()) {
      seen.merge(info.split(), info.rows(), Long::sum);
      if (!info.split().equals(wanted)) {
        continue;
      }
      Path path = folder.resolve(info.name());
      refuseOtherLength(path, info.bytes());
      add(ShardFile.open(path, buffers), false);
    }
  }

  private void addFound(Path root) {
    for (Path path : parquetFiles(root)) {
      ShardFile file = ShardFile.open(path, buffers);
      if (file.schema().containsField(ShardSchema.SPLIT)) {
        add(file, true);
        continue;
      }
      Matcher name = NAME.matcher(path.getFileName().toString());
      String split = name.matches() ? name.group(1) : "train";
      seen.merge(split, file.groupRows().stream().mapToLong(Integer::longValue).sum(), Long::sum);
      if (split.equals(wanted)) {
        add(file, false);
      }
    }
  }

  private void add(ShardFile file, boolean bySplitColumn) {
    MessageType columns = Columns.ofRows(file);
    long first = 0;
    for (int i = 0; i < file.groupRows().size(); i++) {
      int rows = file.groupRows().get(i);
      if (rows > 0) {
        int[] selected = bySplitColumn ? selected(file, i) : null;
        if (selected == null || selected.length > 0) {
          groups.add(new Group(file, i, first, columns, selected));
        }
      }
      first += rows;
    }
  }

  /** Numbers of the rows in the wanted split; null if all are. */
  private int @Nullable [] selected(ShardFile file, int group) {
    try (RowGroup content = RowGroup.read(file, group, Columns.ofSplit(file), buffers)) {
      List<RawRow> rows = content.rows();
      rows.forEach(row -> seen.merge(split(row), 1L, Long::sum));
      int[] selected =
          IntStream.range(0, rows.size()).filter(i -> split(rows.get(i)).equals(wanted)).toArray();
      return selected.length == rows.size() ? null : selected;
    } catch (IOException e) {
      throw FacetException.run(String.valueOf(e.getMessage()), e);
    }
  }

  private static String split(RawRow row) {
    return row.split != null ? row.split : "train";
  }

  private static void refuseOtherLength(Path path, long expected) {
    try {
      if (Files.exists(path) && Files.size(path) != expected) {
        throw FacetException.run(
            ("shard %s is %d bytes long but the manifest says %d: "
                    + "delete it and make or copy it again")
                .formatted(path, Files.size(path), expected));
      }
    } catch (IOException e) {
      throw FacetException.run("cannot read shard " + path + ": " + e.getMessage(), e);
    }
  }

  private static List<Path> parquetFiles(Path root) {
    if (!Files.isDirectory(root)) {
      return List.of(root);
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(root, "*.parquet")) {
      found.forEach(files::add);
    } catch (IOException e) {
      throw FacetException.run("cannot list " + root + ": " + e.getMessage(), e);
    }
    Path[] sorted = files.toArray(Path[]::new);
    Arrays.sort(sorted);
    return List.of(sorted);
  }
}
