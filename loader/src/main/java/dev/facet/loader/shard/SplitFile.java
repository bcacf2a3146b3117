package dev.facet.loader.shard;

import dev.facet.base.FacetException;
import dev.facet.loader.parquet.Values;
import dev.facet.loader.storage.Patience;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/**
 * What a file that no manifest lists has of each split.
 *
 * @param groups of the split that is looked for
 * @param rows of every split
 */
record SplitFile(List<ShardGroup> groups, Map<String, Long> rows) {
  /**
   * Looks into a file.
   *
   * @param byName the split of the rows of which no column says otherwise
   */
  static SplitFile read(ShardFile file, String byName, String wanted, ShardMemory memory) {
    ShardFile.Contents contents = file.contents();
    RowGroups groups = contents.groups();
    boolean byColumn = contents.columns().split() != ColumnMap.NONE;
    SplitFile found = new SplitFile(new ArrayList<>(), new TreeMap<>());
    long first = 0;
    for (int g = 0; g < groups.count(); g++) {
      int count = groups.rows(g);
      String split = byColumn ? groups.onlySplit(g) : byName;
      if (count > 0) {
        if (split == null) {
          found.addSelected(file, g, first, byName, wanted, memory);
        } else {
          found.addAll(
              new ShardGroup(file, g, first, count, null, groups.held(g)),
              split,
              split.equals(wanted));
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

  private void addSelected(
      ShardFile file, int g, long first, String byName, String wanted, ShardMemory memory) {
    RowGroup content;
    try {
      content =
          Patience.sleeping().read(() -> RowGroupReader.read(file, g, WantedColumns.SPLIT, memory));
    } catch (IOException e) {
      throw FacetException.run(String.valueOf(e.getMessage()), e);
    }
    int[] selected;
    int count;
    try {
      ShardFile.Contents contents = file.contents();
      int column = contents.columns().split();
      count = contents.groups().rows(g);
      Type type = contents.columns().wanted().get(column).type();
      selected = select(content.column(column), type, count, byName, wanted);
    } finally {
      memory.give(content);
    }
    if (selected.length > 0) {
      int @Nullable [] some = selected.length == count ? null : selected;
      long bytes = file.contents().groups().held(g);
      groups.add(new ShardGroup(file, g, first, selected.length, some, bytes));
    }
  }

  /** Numbers of the rows in the split looked for; counts all. */
  private int[] select(Values splits, Type type, int count, String byName, String wanted) {
    int[] selected = new int[count];
    int found = 0;
    String name = byName;
    MemorySegment bytes = bytes(name);
    for (int r = 0; r < count; r++) {
      int slot = splits.first(r);
      if (splits.isNull(slot) || splits.length(slot) == 0) {
        name = byName;
        bytes = bytes(name);
      } else if (!splits.is(slot, bytes)) { // mostly the same as the row before
        name = splits.text(slot, type);
        bytes = bytes(name);
      }
      rows.merge(name, 1L, Long::sum);
      if (name.equals(wanted)) {
        selected[found++] = r;
      }
    }
    return Arrays.copyOf(selected, found);
  }

  private static MemorySegment bytes(String text) {
    return MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8));
  }
}
