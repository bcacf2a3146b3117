package dev.facet.loader.source;

import dev.facet.loader.BadSampleException;
import dev.facet.loader.Chunk;
import dev.facet.loader.Row;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries in memory; their pictures stay in their files until asked for. */
final class FolderChunk implements Chunk {
  private final Path folder;
  private final List<FolderEntry> entries;
  private final int[] lines;

  FolderChunk(Path folder, List<FolderEntry> entries, int[] lines) {
    this.folder = folder;
    this.entries = entries;
    this.lines = lines;
  }

  @Override
  public void read(int index, Row row) throws IOException, BadSampleException {
    FolderEntry entry = entries.get(index);
    row.clear();
    // Several lines may caption one picture.
    row.id(or(entry.id(), entry.image() + "#" + lines[index]));
    row.source(or(entry.source(), FolderDataset.INDEX + "#" + lines[index]));
    entry.captions().forEach(caption -> row.caption(caption, 1));
    entry.labels().forEach(row::label);
    List<Double> box = entry.box();
    if (box.size() == 4) {
      row.box(box.get(0), box.get(1), box.get(2), box.get(3));
    } else if (!box.isEmpty()) {
      row.badBox(box.toString());
    }
    ByteBuffer image = PictureFile.read(folder, entry.image());
    row.image().at(MemorySegment.ofBuffer(image), 0, image.remaining());
    row.check();
  }

  private static String or(@Nullable String given, String otherwise) {
    return given != null ? given : otherwise;
  }

  @Override
  public void close() {}
}
