package dev.facet.loader.index;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Row;
import dev.facet.loader.files.PictureBuffer;
import dev.facet.loader.storage.StorageException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** Entries of a mapped index; their pictures stay where they are until asked for. */
public final class IndexedChunk implements Chunk {
  private final Index index;
  private final long begin;
  private final int rows;
  private final ListedPictures pictures;
  private final OpenTars tars;

  public IndexedChunk(Index index, long begin, int rows, ListedPictures pictures, OpenTars tars) {
    this.index = index;
    this.begin = begin;
    this.rows = rows;
    this.pictures = pictures;
    this.tars = tars;
  }

  @Override
  public void read(int number, Row row) throws IOException, BadSampleException {
    try {
      MemorySegment map = index.map();
      long entry = index.entry(begin, Objects.checkIndex(number, rows));
      readTexts(map, entry, row);
      if (row.wantsImage()) {
        readPicture(map, entry, row);
      }
    } catch (IndexOutOfBoundsException e) {
      throw new IOException(index.file() + " contradicts itself: delete it and start again", e);
    } catch (InternalError e) { // what a disk that fails under mapped memory comes as
      throw StorageException.ofMap(index.file(), e);
    }
    row.check();
  }

  /** All of a row but its picture. */
  public void readTexts(int number, Row row) {
    readTexts(index.map(), index.entry(begin, Objects.checkIndex(number, rows)), row);
  }

  private void readTexts(MemorySegment map, long entry, Row row) {
    row.clear();
    String part = index.parts().get(EntryFormat.part(map, entry)).name();
    row.place(part, EntryFormat.number(map, entry));
    EntryFormat.read(map, entry, row);
  }

  private void readPicture(MemorySegment map, long entry, Row row)
      throws IOException, BadSampleException {
    PictureBuffer buffer = PictureBuffer.ofThread();
    int length = EntryFormat.pictureLength(map, entry);
    switch (EntryFormat.pictureKind(map, entry)) {
      case EntryFormat.IN_FILE -> {
        int part = EntryFormat.part(map, entry);
        int read = pictures.read(part, map, entry + EntryFormat.PATH, length, buffer);
        row.image().at(buffer.memory(), 0, read);
      }
      case EntryFormat.IN_TAR -> {
        int part = EntryFormat.part(map, entry);
        tars.read(part, EntryFormat.pictureOffset(map, entry), length, buffer);
        row.image().at(buffer.memory(), 0, length);
      }
      default -> {} // check() will say so
    }
  }

  @Override
  public void close() {
    tars.close();
  }
}
