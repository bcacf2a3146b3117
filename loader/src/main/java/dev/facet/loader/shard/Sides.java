package dev.facet.loader.shard;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Holdout;
import dev.facet.loader.data.Row;
import dev.facet.loader.data.XxHash64;
import dev.facet.loader.parquet.Values;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.format.Type;

/**
 * Tells the split of each row of a row group: what the split column says, else what the file's name
 * says; and of rows that are divided, whether they are held out. For one thread.
 */
final class Sides {
  private final ShardFile file;
  private final ColumnMap columns;
  private final RowGroup group;
  private final long firstRow;
  private final String byName;
  private final Holdout holdout;
  private final NamedPictures named;
  private final long[] hashes;
  private final Row picture = new Row();

  // Mostly the same as of the row before.
  private String said;
  private MemorySegment bytes;

  /**
   * @param byName the split of rows of which no column says otherwise
   * @param hashes of the pictures of the whole file, as far as they are known; empty where they do
   *     not count
   */
  Sides(ShardGroup rows, RowGroup group, String byName, DataSource source, long[] hashes) {
    this.file = rows.file();
    this.columns = file.contents().columns();
    this.group = group;
    this.firstRow = rows.firstRow();
    this.byName = byName;
    this.holdout = source.holdout();
    this.named =
        holdout.byContent() && columns.path() != ColumnMap.NONE
            ? NamedPictures.of(source, file.path())
            : NamedPictures.NONE;
    this.hashes = hashes;
    this.said = byName;
    this.bytes = bytes(byName);
  }

  /** The split of a row as the data has it. */
  String own(int r) {
    if (columns.split() == ColumnMap.NONE) {
      return byName;
    }
    Values splits = group.column(columns.split());
    int slot = splits.first(r);
    if (splits.isNull(slot) || splits.length(slot) == 0) {
      return byName;
    }
    if (!splits.is(slot, bytes)) {
      said = splits.text(slot, type(columns.split()));
      bytes = bytes(said);
    }
    return said;
  }

  /** The split of a row, those that are made included. */
  String split(int r) throws IOException {
    String own = own(r);
    if (holdout.isNone()) {
      return own;
    }
    long hash = hash(r); // of every row, so that a group is not read again for those of others
    return holdout.divides(own) ? holdout.split(hash) : own;
  }

  private long hash(int r) throws IOException {
    if (!holdout.byContent()) {
      return ofName(r);
    }
    int row = (int) firstRow + r;
    if (hashes[row] == PictureHashes.UNKNOWN) {
      hashes[row] = readPicture(r) ? Holdout.hash(picture.image()) : ofName(r);
    }
    return hashes[row];
  }

  private long ofName(int r) {
    for (int column : columns.keys()) {
      Values values = group.column(column);
      int slot = values.first(r);
      if (values.isNull(slot)) {
        continue;
      }
      if (type(column) != Type.BYTE_ARRAY) {
        return Holdout.hash(values.text(slot, type(column)));
      }
      if (values.length(slot) > 0) {
        return XxHash64.of(values.memory(), values.at(slot), values.length(slot));
      }
    }
    return Holdout.hash(file.name() + "#" + (firstRow + r));
  }

  /** False if it cannot be read, of which its row will tell. */
  private boolean readPicture(int r) throws IOException {
    picture.clear();
    try {
      new RowFiller(columns, 0, named).readImage(group, r, picture);
    } catch (BadSampleException e) {
      return false;
    }
    return picture.image().length() > 0;
  }

  private Type type(int column) {
    return columns.wanted().get(column).type();
  }

  private static MemorySegment bytes(String text) {
    return MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8));
  }
}
