package dev.facet.loader.shard;

import dev.facet.base.FacetException;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.SplitName;
import dev.facet.loader.storage.Anchor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Finds the row groups of a split. A manifest says which file belongs to which split, and what row
 * groups are in it, so that no footer is read but the first one, for its columns. Without one, all
 * {@link ParquetFiles} count; footers are read on all cores: a file's split column decides row by
 * row, else its name or its folder's ({@link SplitName}).
 */
final class SplitIndex {
  /** No split has this name. */
  private static final String NO_SPLIT = "";

  private final DataSource source;
  private final String wanted;
  private final ColumnMapper mapper;
  private final ShardMemory memory;
  private final List<ShardGroup> groups = new ArrayList<>();
  private final SortedMap<String, Long> seen = new TreeMap<>();

  private SplitIndex(DataSource source, String wanted, ColumnMapper mapper, ShardMemory memory) {
    this.source = source;
    this.wanted = wanted;
    this.mapper = mapper;
    this.memory = memory;
  }

  static List<ShardGroup> groups(
      DataSource source, String split, ColumnMapper mapper, ShardMemory memory) {
    SplitIndex index = scan(source, split, mapper, memory);
    if (index.seen.isEmpty()) {
      throw FacetException.usage(source.root() + " has no rows: make the shards again");
    }
    if (index.groups.isEmpty()) {
      throw source.holdout().noRows(source.root(), split, String.join(", ", index.seen.keySet()));
    }
    return List.copyOf(index.groups);
  }

  /** Rows of every split. */
  static SortedMap<String, Long> counts(
      DataSource source, ColumnMapper mapper, ShardMemory memory) {
    return scan(source, NO_SPLIT, mapper, memory).seen;
  }

  private static SplitIndex scan(
      DataSource source, String split, ColumnMapper mapper, ShardMemory memory) {
    SplitIndex index = new SplitIndex(source, split, mapper, memory);
    Path root = source.root();
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
    List<ShardFile> divided = new ArrayList<>();
    for (Manifest.ShardInfo info : manifest.files()) {
      if (source.holdout().divides(info.split())) {
        ShardFile file = ShardFile.at(folder.resolve(info.name()), mapper, info.groups(), anchor);
        refuseOtherLength(file, info.bytes());
        divided.add(file);
        continue;
      }
      if (info.rows() > 0) {
        source.holdout().refuseOwn(folder, info.split());
      }
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
    addRead(divided, file -> source.holdout().divided());
  }

  private void addFound(Path root) {
    Anchor anchor = Anchor.around(root);
    addRead(
        ParquetFiles.find(root).stream()
            .map(path -> ShardFile.at(path, mapper, null, anchor))
            .toList(),
        file -> byName(root, file.path()));
  }

  /** Files that have to be looked into, all at once, as footers far away take their time. */
  private void addRead(List<ShardFile> files, Function<ShardFile, String> byName) {
    PictureHashes hashes = PictureHashes.of(source);
    SplitFile.Search search = new SplitFile.Search(source, wanted, hashes, memory);
    List<SplitFile> read =
        files.parallelStream()
            .map(file -> SplitFile.read(file, byName.apply(file), search))
            .toList();
    hashes.keep();
    for (SplitFile file : read) {
      groups.addAll(file.groups());
      file.rows().forEach((split, rows) -> seen.merge(split, rows, Long::sum));
    }
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
          String.format(
              Locale.ROOT,
              "shard %s is %d bytes long but the manifest says %d: "
                  + "delete it and make or copy it again",
              file.path(),
              file.length(),
              expected));
    }
  }
}
