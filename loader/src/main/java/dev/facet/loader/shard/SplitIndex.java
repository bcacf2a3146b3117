package dev.facet.loader.shard;

import dev.facet.base.FacetException;
import dev.facet.loader.data.SplitName;
import dev.facet.loader.storage.Anchor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds the row groups of a split. A manifest says which file belongs to which split, and what row
 * groups are in it, so that no footer is read but the first one, for its columns. Without one, all
 * {@link ParquetFiles} count; footers are read on all cores: a file's split column decides row by
 * row, else its name or its folder's ({@link SplitName}).
 */
final class SplitIndex {
  /** No split has this name. */
  private static final String NO_SPLIT = "";

  private final String wanted;
  private final ColumnMapper mapper;
  private final ShardMemory memory;
  private final List<ShardGroup> groups = new ArrayList<>();
  private final SortedMap<String, Long> seen = new TreeMap<>();

  private SplitIndex(String wanted, ColumnMapper mapper, ShardMemory memory) {
    this.wanted = wanted;
    this.mapper = mapper;
    this.memory = memory;
  }

  static List<ShardGroup> groups(Path root, String split, ColumnMapper mapper, ShardMemory memory) {
    SplitIndex index = scan(root, split, mapper, memory);
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
  static SortedMap<String, Long> counts(Path root, ColumnMapper mapper, ShardMemory memory) {
    return scan(root, NO_SPLIT, mapper, memory).seen;
  }

  private static SplitIndex scan(Path root, String split, ColumnMapper mapper, ShardMemory memory) {
    SplitIndex index = new SplitIndex(split, mapper, memory);
    Manifest manifest = Files.isDirectory(root) ? Manifest.read(root) : null;
    if (manifest != null) {
      index.addListed(root, manifest);
    } else {
      index.addFound(root);
    }
    return index;
  }

  private void addListed(Path folder, Manifest manifest) {
    Anchor anchor = Anchor.around(folder);
    List<ShardFile> files = new ArrayList<>();
    List<ShardFile> unread = new ArrayList<>();
    for (Manifest.ShardInfo info : manifest.files()) {
      seen.merge(info.split(), info.rows(), Long::sum);
      if (info.split().equals(wanted)) {
        ShardFile file = ShardFile.at(folder.resolve(info.name()), mapper, info.groups(), anchor);
        refuseOtherLength(file, info.bytes());
        files.add(file);
        if (info.groups() == null || files.size() == 1) {
          unread.add(file);
        }
      }
    }
    unread.parallelStream().forEach(ShardFile::contents);
    for (ShardFile file : files) {
      List<Integer> listed = file.listed();
      addAll(file, listed != null ? listed : file.contents().groups().rows());
    }
  }

  private void addFound(Path root) {
    Anchor anchor = Anchor.around(root);
    ParquetFiles.find(root).parallelStream()
        .map(
            path ->
                SplitFile.read(
                    ShardFile.at(path, mapper, null, anchor), byName(root, path), wanted, memory))
        .toList()
        .forEach(
            file -> {
              groups.addAll(file.groups());
              file.rows().forEach((split, rows) -> seen.merge(split, rows, Long::sum));
            });
  }

  /** Without a look at the footer a group's bytes are its share of the file, by rows. */
  private void addAll(ShardFile file, List<Integer> rows) {
    long all = Math.max(1, rows.stream().mapToLong(Integer::longValue).sum());
    long first = 0;
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i) > 0) {
        long bytes = Math.round((double) file.length() * rows.get(i) / all);
        groups.add(new ShardGroup(file, i, first, rows.get(i), null, bytes));
      }
      first += rows.get(i);
    }
  }

  /** The split that a file is of by its name below the root. */
  private static String byName(Path root, Path file) {
    Path below = file.equals(root) ? file.getFileName() : root.relativize(file);
    return SplitName.of(below.toString().replace('\\', '/'));
  }

  private static void refuseOtherLength(ShardFile file, long expected) {
    if (file.length() != expected) {
      throw FacetException.run(
          ("shard %s is %d bytes long but the manifest says %d: "
                  + "delete it and make or copy it again")
              .formatted(file.path(), file.length(), expected));
    }
  }
}
