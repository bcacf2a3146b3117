package dev.facet.loader.shard;

import dev.facet.base.FacetException;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Holdout;
import dev.facet.loader.parquet.RowGroups;
import dev.facet.loader.storage.Patience;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a file that no manifest lists has of each split.
 *
 * @param groups of the split that is looked for
 * @param rows of every split
 */
record SplitFile(List<ShardGroup> groups, Map<String, Long> rows) {
  /**
   * What is looked for.
   *
   * @param source which of the rows are held out
   * @param wanted the split
   * @param hashes of pictures, where these decide
   */
  record Search(DataSource source, String wanted, PictureHashes hashes, ShardMemory memory) {}

  /**
   * Looks into a file.
   *
   * @param byName the split of the rows of which no column says otherwise
   */
  static SplitFile read(ShardFile file, String byName, Search search) {
    ShardFile.Contents contents = file.contents();
    RowGroups groups = contents.groups();
    Holdout holdout = search.source.holdout();
    boolean byColumn = contents.columns().split() != ColumnMap.NONE;
    SplitFile found = new SplitFile(new ArrayList<>(), new TreeMap<>());
    long[] hashes =
        search.hashes.of(file, groups.rows().stream().mapToInt(Integer::intValue).sum());
    long first = 0;
    for (int g = 0; g < groups.count(); g++) {
      int count = groups.rows(g);
      String only = byColumn ? groups.onlySplit(g) : byName;
      String split = only != null && only.isEmpty() ? byName : only;
      if (count > 0) {
        ShardGroup group = new ShardGroup(file, g, first, count, null, groups.held(g));
        if (split == null || holdout.divides(split)) {
          found.addSelected(group, byName, hashes, search);
        } else {
          holdout.refuseOwn(search.source.root(), split);
          found.addAll(group, split, split.equals(search.wanted));
        }
      }
      first += count;
    }
    return found;
  }

  private void addAll(ShardGroup group, String split, boolean isWanted) {
    rows.merge(split, (long) group.rows(), Long::sum);
    if (isWanted) {
      groups.add(group);
    }
  }

  private void addSelected(ShardGroup group, String byName, long[] hashes, Search search) {
    boolean pictures = search.hashes.lack(hashes, (int) group.firstRow(), group.rows());
    WantedColumns columns = pictures ? WantedColumns.PICTURES : WantedColumns.SIDES;
    int[] selected;
    try {
      RowGroup content =
          Patience.sleeping()
              .read(() -> RowGroupReader.read(group.file(), group.index(), columns, search.memory));
      try {
        selected =
            select(new Sides(group, content, byName, search.source, hashes), group.rows(), search);
      } finally {
        search.memory.give(content);
      }
    } catch (IOException e) {
      throw FacetException.run(String.valueOf(e.getMessage()), e);
    }
    if (selected.length > 0) {
      groups.add(selected.length == group.rows() ? group : group.of(selected));
    }
  }

  /** Numbers of the rows in the split looked for; counts all. */
  private int[] select(Sides sides, int count, Search search) throws IOException {
    int[] selected = new int[count];
    int found = 0;
    for (int r = 0; r < count; r++) {
      search.source.holdout().refuseOwn(search.source.root(), sides.own(r));
      String split = sides.split(r);
      rows.merge(split, 1L, Long::sum);
      if (split.equals(search.wanted)) {
        selected[found++] = r;
      }
    }
    return Arrays.copyOf(selected, found);
  }
}
