package dev.facet.loader.source;

import dev.facet.loader.BadSampleException;
import dev.facet.loader.Chunk;
import dev.facet.loader.Row;
import java.io.IOException;
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
  public Row row(int index) throws IOException, BadSampleException {
    FolderEntry entry = entries.get(index);
    return Row.of(
        // Several lines may caption one picture.
        or(entry.id(), entry.image() + "#" + lines[index]),
        or(entry.source(), FolderDataset.INDEX + "#" + lines[index]),
        PictureFile.read(folder, entry.image()),
        entry.captions(),
        entry.box(),
        entry.labels());
  }

  private static String or(@Nullable String given, String otherwise) {
    return given != null ? given : otherwise;
  }

  @Override
  public void close() {}
}
