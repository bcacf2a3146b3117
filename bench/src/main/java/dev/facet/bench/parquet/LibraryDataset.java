package dev.facet.bench.parquet;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One Parquet file through a library, for the same loader as our own reader. */
final class LibraryDataset implements Dataset {
  private final Path path;
  private final LibraryFile file;

  LibraryDataset(Path path, LibraryFile file) {
    this.path = path;
    this.file = file;
  }

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public int chunkCount() {
    return file.groups().size();
  }

  @Override
  public int rowCount(int chunk) {
    return Math.toIntExact(file.groups().get(chunk).rows());
  }

  @Override
  public long bytes(int chunk) {
    return file.groups().get(chunk).bytes();
  }

  /** Whatever a library throws becomes the exception that the loader knows. */
  @Override
  public Chunk open(int chunk) throws IOException {
    try {
      return new HeapChunk(path.getFileName().toString(), file.read(chunk));
    } catch (RuntimeException e) {
      throw new IOException(
          String.format(Locale.ROOT, "row group %d of %s: %s", chunk, path, e), e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record HeapChunk(String file, Map<Wanted, Column> columns) implements Chunk {
    @Override
    public void read(int r, Row row) throws BadSampleException {
      row.clear();
      row.place(file, r);
      MemorySegment id = only(Wanted.ID, r);
      if (id != null) {
        row.id(id, 0, (int) id.byteSize());
      }
      MemorySegment source = only(Wanted.SOURCE, r);
      if (source != null) {
        row.source(source, 0, (int) source.byteSize());
      }
      captions(r, row);
      labels(r, row);
      box(r, row);
      MemorySegment image = only(Wanted.IMAGE, r);
      if (image != null) {
        row.image().at(image, 0, (int) image.byteSize());
      }
      row.check();
    }

    private void captions(int r, Row row) {
      Column captions = columns.get(Wanted.CAPTIONS);
      for (int k = captions == null ? 0 : captions.first(r);
          captions != null && k < captions.end(r);
          k++) {
        MemorySegment caption = captions.text(k);
        if (caption != null) {
          row.caption(caption, 0, (int) caption.byteSize(), 1);
        }
      }
    }

    private @Nullable MemorySegment only(Wanted wanted, int r) {
      Column column = columns.get(wanted);
      return column == null || column.first(r) == column.end(r)
          ? null
          : column.text(column.first(r));
    }

    private void labels(int r, Row row) throws BadSampleException {
      Column keys = columns.get(Wanted.LABEL_KEY);
      Column values = columns.get(Wanted.LABEL_VALUE);
      if (keys == null || values == null) {
        return;
      }
      for (int k = 0; k < keys.end(r) - keys.first(r); k++) {
        MemorySegment key = keys.text(keys.first(r) + k);
        MemorySegment value = values.text(values.first(r) + k);
        if (key != null && value != null) {
          row.label(key, 0, (int) key.byteSize(), value, 0, (int) value.byteSize());
        }
      }
    }

    private void box(int r, Row row) {
      Column box = columns.get(Wanted.BOX);
      if (box != null && box.end(r) - box.first(r) == 4) {
        int k = box.first(r);
        row.box(box.number(k), box.number(k + 1), box.number(k + 2), box.number(k + 3));
      }
    }

    @Override
    public void close() {}
  }
}
