package dev.facet.loader.source;

import dev.facet.base.FacetException;
import dev.facet.loader.Chunk;
import dev.facet.loader.Dataset;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * A folder of picture files with {@code captions.jsonl}, one JSON object per line: {@code image}
 * (path within the folder), {@code captions} (list) or {@code caption} (string), and if known
 * {@code box} [x1, y1, x2, y2], {@code label} or {@code labels} (object), {@code split} (else
 * {@code train}), {@code id}, {@code source}. A chunk is up to 256 entries; a picture is read when
 * its row is asked for.
 */
public final class FolderDataset implements Dataset {
  /** The file that lists the pictures. */
  public static final String INDEX = "captions.jsonl";

  private final Path folder;
  private final String split;
  private final List<FolderIndex.Range> ranges;

  private FolderDataset(Path folder, String split, List<FolderIndex.Range> ranges) {
    this.folder = folder;
    this.split = split;
    this.ranges = ranges;
  }

  /**
   * Opens one split.
   *
   * @throws FacetException if a line cannot be understood, or none is in the split
   */
  public static FolderDataset open(Path folder, String split) {
    Path root = folder.toAbsolutePath().normalize();
    return new FolderDataset(root, split, FolderIndex.read(root.resolve(INDEX), split));
  }

  /** Entries of every split. */
  public static SortedMap<String, Long> splits(Path folder) {
    return FolderIndex.counts(folder.resolve(INDEX));
  }

  @Override
  public String name() {
    return folder + " (" + split + ")";
  }

  @Override
  public int chunkCount() {
    return ranges.size();
  }

  @Override
  public int rowCount(int chunk) {
    return ranges.get(chunk).offsets().length;
  }

  @Override
  public Chunk open(int chunk) throws IOException {
    return new FolderChunk(folder, entries(chunk), ranges.get(chunk).numbers());
  }

  @Override
  public List<List<String>> captions(int chunk) throws IOException {
    return entries(chunk).stream().map(FolderEntry::captions).toList();
  }

  private List<FolderEntry> entries(int chunk) throws IOException {
    FolderIndex.Range range = ranges.get(chunk);
    long start = range.offsets()[0];
    byte[] text = new byte[Math.toIntExact(range.end() - start)];
    try (FileChannel channel = FileChannel.open(folder.resolve(INDEX), StandardOpenOption.READ)) {
      ByteBuffer rest = ByteBuffer.wrap(text);
      while (rest.hasRemaining()) {
        if (channel.read(rest, start + rest.position()) < 0) {
          throw new EOFException(folder.resolve(INDEX) + " was cut short while it was in use");
        }
      }
    }
    List<FolderEntry> entries = new ArrayList<>(range.offsets().length);
    for (int i = 0; i < range.offsets().length; i++) {
      int offset = (int) (range.offsets()[i] - start);
      try {
        entries.add(FolderEntry.parse(text, offset, text.length - offset));
      } catch (IOException e) {
        throw FolderIndex.broken(folder.resolve(INDEX), range.numbers()[i], e);
      }
    }
    return entries;
  }

  @Override
  public void close() {}
}
