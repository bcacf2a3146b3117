package dev.facet.loader.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.facet.base.FacetException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the entries of a split stand in {@code captions.jsonl}: 12 bytes an entry stay in memory,
 * their text is read again with its chunk.
 */
final class FolderIndex {
  private static final int ENTRIES_PER_CHUNK = 256;

  /** Of text, other splits' lines between the entries included, as a chunk reads it in one go. */
  private static final long BYTES_PER_CHUNK = 8 << 20;

  /**
   * The entries of a chunk.
   *
   * @param offsets where each line begins
   * @param numbers of the lines, from 1
   * @param end where the last line ends
   */
  @SuppressWarnings("ArrayRecordComponent") // millions of numbers, never compared
  record Range(long[] offsets, int[] numbers, long end) {}

  private final Path file;
  private final String wanted;
  private final List<Range> ranges = new ArrayList<>();
  private final SortedMap<String, Long> seen = new TreeMap<>();

  private final long[] offsets = new long[ENTRIES_PER_CHUNK];
  private final int[] numbers = new int[ENTRIES_PER_CHUNK];
  private int pending;
  private long pendingEnd;

  private FolderIndex(Path file, String wanted) {
    this.file = file;
    this.wanted = wanted;
  }

  /** Reads every line once, so that a broken one is found before any work is done. */
  static List<Range> read(Path file, String split) {
    FolderIndex index = scan(file, split);
    if (index.ranges.isEmpty()) {
      throw FacetException.usage(
          index.seen.isEmpty()
              ? file + " is empty: write one JSON object per picture into it"
              : "%s has no entries in split '%s'; there is %s"
                  .formatted(file, split, String.join(", ", index.seen.keySet())));
    }
    return List.copyOf(index.ranges);
  }

  /** Entries of every split. */
  static SortedMap<String, Long> counts(Path file) {
    return scan(file, "").seen;
  }

  private static FolderIndex scan(Path file, String split) {
    FolderIndex index = new FolderIndex(file, split);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
      index.scan(in);
    } catch (IOException e) {
      throw FacetException.run("cannot read " + file + ": " + e.getMessage(), e);
    }
    return index;
  }

  private void scan(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long offset = 0;
    int number = 1;
    long end = 0;
    for (int next = in.read(); next >= 0; next = in.read()) {
      end++;
      if (next == '\n') {
        add(line.toByteArray(), offset, number++, end);
        line.reset();
        offset = end;
      } else {
        line.write(next);
      }
    }
    add(line.toByteArray(), offset, number, end);
    flush();
  }

  private void add(byte[] line, long offset, int number, long end) {
    if (isBlank(line)) {
      return;
    }
    String split;
    try {
      split = FolderEntry.parse(line, 0, line.length).split();
    } catch (IOException e) {
      throw broken(file, number, e);
    }
    seen.merge(split, 1L, Long::sum);
    if (!split.equals(wanted)) {
      return;
    }
    if (pending == ENTRIES_PER_CHUNK || (pending > 0 && end - offsets[0] > BYTES_PER_CHUNK)) {
      flush();
    }
    offsets[pending] = offset;
    numbers[pending] = number;
    pendingEnd = end;
    pending++;
  }

  private void flush() {
    if (pending > 0) {
      ranges.add(
          new Range(Arrays.copyOf(offsets, pending), Arrays.copyOf(numbers, pending), pendingEnd));
      pending = 0;
    }
  }

  private static boolean isBlank(byte[] line) {
    for (byte each : line) {
      if (each != ' ' && each != '\t' && each != '\r') {
        return false;
      }
    }
    return true;
  }

  /** A line that is not what it should be. */
  static FacetException broken(Path file, int number, IOException cause) {
    String how =
        cause instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : cause.getMessage();
    return FacetException.run(
        "line %d of %s is not an entry (%s): mend the line or remove it"
            .formatted(number, file, how),
        cause);
  }
}
