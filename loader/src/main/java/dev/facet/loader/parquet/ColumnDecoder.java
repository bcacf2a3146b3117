package dev.facet.loader.parquet;

import static dev.facet.loader.parquet.Bounds.require;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageType;
import org.jspecify.annotations.Nullable;

/**
 * Finds the values in the unpacked pages of a column. Texts and pictures stay where they lie; only
 * their places are noted. Keeps its arrays for the next column. For one thread.
 */
public final class ColumnDecoder {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private int[] repetitions = new int[0];
  private int[] definitions = new int[0];
  private int[] places = new int[0];
  private int[] lengths = new int[0];
  private int[] indices = new int[0];
  private int[] wordPlaces = new int[0];
  private int[] wordLengths = new int[0];
  private int words;

  /**
   * Decodes a column.
   *
   * @param levels where the levels of pages of version 2 lie: as read, never packed
   * @param content where everything else lies
   * @param packed whether that is the block of unpacked pages
   */
  public void decode(
      Schema.Leaf leaf,
      List<PageHeader> pages,
      MemorySegment levels,
      MemorySegment content,
      boolean packed,
      Values out)
      throws IOException {
    PlainCopy copy = null;
    for (PageHeader page : pages) {
      Encoding encoding = page.encoding;
      if (page.isData() && encoding != null && PlainCopy.needed(encoding, leaf.type())) {
        copy = new PlainCopy(leaf);
        break;
      }
    }
    words = 0;
    out.begin(content);
    for (PageHeader page : pages) {
      long from = packed ? page.unpackedAt : (long) page.at + page.levelBytes();
      long to = from + page.size - page.levelBytes();
      if (page.type == PageType.DICTIONARY_PAGE) {
        readWords(leaf, page, content, from, to);
      } else if (page.isData()) {
        readPage(leaf, page, levels, content, from, to, copy, out);
        require(out.beginsWithRow(), "page begins in the middle of a row");
      }
    }
    out.end();
    if (copy != null) {
      out.lieIn(copy.memory());
    }
  }

  /** Forgets the dictionary: another column follows, page by page. */
  void begin() {
    words = 0;
  }

  /** Keeps the dictionary, whose page was unpacked, for the pages after it. */
  void decodeWords(Schema.Leaf leaf, PageHeader page, MemorySegment content) throws IOException {
    readWords(leaf, page, content, page.unpackedAt, (long) page.unpackedAt + page.size);
  }

  /**
   * Decodes one page of values, which was unpacked; its slots before the first row belong to the
   * row that the page before it left off in.
   *
   * @param levels where its levels lie as read, if it is of version 2
   * @param content where it was unpacked to, and the dictionary with it
   */
  void decodePage(
      Schema.Leaf leaf, PageHeader page, MemorySegment levels, MemorySegment content, Values out)
      throws IOException {
    Encoding encoding = page.encoding;
    PlainCopy copy =
        encoding != null && PlainCopy.needed(encoding, leaf.type()) ? new PlainCopy(leaf) : null;
    out.begin(content);
    long to = (long) page.unpackedAt + page.size - page.levelBytes();
    readPage(leaf, page, levels, content, page.unpackedAt, to, copy, out);
    out.end();
    if (copy != null) {
      out.lieIn(copy.memory());
    }
  }

  private void readWords(
      Schema.Leaf leaf, PageHeader page, MemorySegment content, long from, long to)
      throws IOException {
    require(
        page.encoding == Encoding.PLAIN || page.encoding == Encoding.PLAIN_DICTIONARY,
        "dictionary is not written plainly");
    require(page.values <= to - from, "dictionary has fewer entries than promised");
    wordPlaces = room(wordPlaces, page.values);
    wordLengths = room(wordLengths, page.values);
    words = page.values;
    readPlain(leaf, content, from, to, words, wordPlaces, wordLengths);
  }

  private void readPage(
      Schema.Leaf leaf,
      PageHeader page,
      MemorySegment levels,
      MemorySegment content,
      long from,
      long to,
      @Nullable PlainCopy copy,
      Values out)
      throws IOException {
    int count = page.values;
    out.expect(count);
    repetitions = room(repetitions, leaf.maxRepetition() > 0 ? count : 0);
    definitions = room(definitions, leaf.maxDefinition() > 0 ? count : 0);
    long values = readLevels(leaf, page, levels, content, from, to);
    int present = count;
    if (leaf.maxDefinition() > 0) {
      present = 0;
      for (int i = 0; i < count; i++) {
        present += definitions[i] == leaf.maxDefinition() ? 1 : 0;
      }
    }
    readValues(leaf, page, content, values, to, present, copy);
    if (present == count && leaf.maxRepetition() == 1) {
      // Vectors: hundreds of numbers a row, and hardly ever one missing.
      out.addRows(repetitions, count);
      out.add(places, lengths, count);
      return;
    }
    int next = 0;
    for (int i = 0; i < count; i++) {
      if (leaf.maxRepetition() == 0 || repetitions[i] == 0) {
        out.addRow();
      }
      if (leaf.maxRepetition() > 1) {
        out.addLevel(repetitions[i]);
      }
      if (leaf.maxDefinition() == 0 || definitions[i] == leaf.maxDefinition()) {
        out.add(places[next], lengths[next++]);
      } else {
        out.addNull();
      }
    }
  }

  /** Reads the levels of a page; where its values begin. */
  private long readLevels(
      Schema.Leaf leaf,
      PageHeader page,
      MemorySegment levels,
      MemorySegment content,
      long from,
      long to)
      throws IOException {
    int repetitionBits = bits(leaf.maxRepetition());
    int definitionBits = bits(leaf.maxDefinition());
    if (page.type == PageType.DATA_PAGE_V2) {
      long middle = (long) page.at + page.repetitionBytes;
      if (repetitionBits > 0) {
        Hybrid.read(levels, page.at, middle, repetitionBits, repetitions, page.values);
      }
      if (definitionBits > 0) {
        long end = middle + page.definitionBytes;
        Hybrid.read(levels, middle, end, definitionBits, definitions, page.values);
      }
      return from;
    }
    long next = from;
    if (repetitionBits > 0) {
      next = readLevels(page.repetitions, content, next, to, repetitionBits, repetitions, page);
    }
    if (definitionBits > 0) {
      next = readLevels(page.definitions, content, next, to, definitionBits, definitions, page);
    }
    return next;
  }

  private static long readLevels(
      @Nullable Encoding encoding,
      MemorySegment content,
      long from,
      long to,
      int bits,
      int[] out,
      PageHeader page)
      throws IOException {
    if (encoding != Encoding.RLE) {
      throw new UnsupportedOperationException(
          "levels in encoding " + encoding + " are not supported: write the file again");
    }
    require(to - from >= Integer.BYTES, "page ends before its levels");
    int length = content.get(INT, from);
    long start = from + Integer.BYTES;
    require(length >= 0 && length <= to - start, "page has levels beyond its end");
    Hybrid.read(content, start, start + length, bits, out, page.values);
    return start + length;
  }

  private void readValues(
      Schema.Leaf leaf,
      PageHeader page,
      MemorySegment content,
      long from,
      long to,
      int count,
      @Nullable PlainCopy copy)
      throws IOException {
    places = room(places, count);
    lengths = room(lengths, count);
    Encoding encoding = page.encoding;
    if (count == 0 || encoding == null) {
      return;
    }
    if (copy != null && PlainCopy.needed(encoding, leaf.type())) {
      copy.read(encoding, content, from, to, count, places, lengths);
      return;
    }
    switch (encoding) {
      case PLAIN -> readPlain(leaf, content, from, to, count, places, lengths);
      case PLAIN_DICTIONARY, RLE_DICTIONARY -> readPlacesOfWords(content, from, to, count);
      default ->
          throw new UnsupportedOperationException(
              "values in encoding " + encoding + " are not supported: write the file again");
    }
    if (copy != null) {
      for (int i = 0; i < count; i++) {
        places[i] = copy.add(content, places[i], lengths[i]);
      }
    }
  }

  private void readPlacesOfWords(MemorySegment content, long from, long to, int count)
      throws IOException {
    require(to > from, "page ends before its values");
    indices = room(indices, count);
    int bits = content.get(ValueLayout.JAVA_BYTE, from);
    Hybrid.read(content, from + 1, to, bits, indices, count);
    for (int i = 0; i < count; i++) {
      int word = indices[i];
      require(word >= 0 && word < words, "page points past the end of its dictionary");
      places[i] = wordPlaces[word];
      lengths[i] = wordLengths[word];
    }
  }

  private static void readPlain(
      Schema.Leaf leaf,
      MemorySegment content,
      long from,
      long to,
      int count,
      int[] places,
      int[] lengths)
      throws IOException {
    long next = from;
    for (int i = 0; i < count; i++) {
      int length = leaf.width();
      if (leaf.isBytes()) {
        require(to - next >= Integer.BYTES, "page ends before its values");
        length = content.get(INT, next);
        next += Integer.BYTES;
      }
      require(length >= 0 && length <= to - next, "page ends within a value");
      places[i] = (int) next;
      lengths[i] = length;
      next += length;
    }
  }

  private static int bits(int maxLevel) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(maxLevel);
  }

  private static int[] room(int[] array, int count) {
    return array.length >= count ? array : new int[Math.max(count, 256)];
  }
}
