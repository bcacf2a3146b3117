package dev.facet.loader;

import dev.facet.loader.data.Row;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/**
 * Memory for one batch. Workers fill entries side by side; whoever finishes the last one closes the
 * gaps that bad samples left and publishes.
 */
final class Slot {
  /** A sample's place: its row, and whether it became part of the batch. */
  static final class Entry {
    private final Row row = new Row();
    private boolean used;
    private long number;

    /** Texts of the sample; its picture is gone once the sample is made. */
    Row row() {
      return row;
    }

    /** Number of the row within the dataset. */
    long number() {
      return number;
    }

    /** Makes this a sample of the batch. */
    void use(long itsNumber) {
      used = true;
      number = itsNumber;
    }
  }

  private static final int MATRIX = 12;

  /** Bytes of a picture's id and a caption's. */
  private static final int PAIR = 2 * Long.BYTES;

  private final Signal ready;
  private final Signal free;
  private final int stride;
  private final long imageBytes;
  private final int contextLength;
  private final MemorySegment images;
  private final MemorySegment colour;
  private final MemorySegment tokens;
  private final MemorySegment pairIds;
  private final Entry[] entries;
  private final LongBuffer[] tokenRows;
  private final AtomicInteger pending;
  private volatile long filling;
  private volatile long published = -1;
  private int size;

  /**
   * @param first number of the batch that this slot holds first
   * @param stride number of slots: how many batches later it is this slot's turn again
   * @param capacity samples
   * @param imageBytes bytes of a sample's picture
   */
  Slot(
      Arena arena,
      RingSignals signals,
      int first,
      int stride,
      int capacity,
      long imageBytes,
      int contextLength) {
    this.ready = signals.published;
    this.free = signals.create();
    this.stride = stride;
    this.filling = first;
    this.imageBytes = imageBytes;
    this.contextLength = contextLength;
    this.images = arena.allocate(capacity * imageBytes, 64);
    this.colour = arena.allocate((long) capacity * MATRIX * Float.BYTES, 64);
    this.tokens = arena.allocate((long) capacity * contextLength * Long.BYTES, 64);
    this.pairIds = arena.allocate((long) capacity * PAIR, 64);
    this.entries = new Entry[capacity];
    this.tokenRows = new LongBuffer[capacity];
    long tokenBytes = (long) contextLength * Long.BYTES;
    for (int i = 0; i < capacity; i++) {
      entries[i] = new Entry();
      tokenRows[i] = buffer(tokens.asSlice(i * tokenBytes, tokenBytes)).asLongBuffer();
    }
    this.pending = new AtomicInteger(capacity);
  }

  /** Whether workers may fill this batch: the consumer has given back the one before. */
  boolean isFree(long batch) {
    return filling == batch;
  }

  /**
   * Sleeps until workers may fill this batch: until the consumer has given back the one before;
   * false if the loader stopped instead.
   */
  boolean awaitFree(long batch) {
    return isFree(batch) || free.await(() -> filling == batch);
  }

  /** Whether the consumer may take this batch. */
  boolean isReady(long batch) {
    return published == batch;
  }

  /** For the worker that makes sample {@code i}. */
  Entry entry(int i) {
    return entries[i];
  }

  /** Where the picture of sample {@code i} goes. */
  long imageAddress(int i) {
    return images.address() + i * imageBytes;
  }

  void setColour(int i, float[] matrix) {
    MemorySegment.copy(
        matrix, 0, colour, ValueLayout.JAVA_FLOAT, (long) i * MATRIX * Float.BYTES, MATRIX);
  }

  /** Where the token ids of sample {@code i} go. */
  LongBuffer tokens(int i) {
    return tokenRows[i].clear();
  }

  void setPictureId(int i, long id) {
    pairIds.setAtIndex(ValueLayout.JAVA_LONG, 2L * i, id);
  }

  void setCaptionId(int i, long id) {
    pairIds.setAtIndex(ValueLayout.JAVA_LONG, 2L * i + 1, id);
  }

  long pictureId(int i) {
    return pairIds.getAtIndex(ValueLayout.JAVA_LONG, 2L * i);
  }

  /** An entry of a batch is complete, good or bad; the last one publishes the batch. */
  void finished(long batch) {
    if (pending.decrementAndGet() == 0) {
      compact();
      published = batch;
      ready.changed();
    }
  }

  /** The consumer is done with the batch. */
  void release() {
    for (Entry entry : entries) {
      entry.used = false;
    }
    pending.set(entries.length);
    long now = filling; // only the holder of the batch comes here
    filling = now + stride;
    free.changed();
  }

  int size() {
    return size;
  }

  ByteBuffer images() {
    return buffer(images.asSlice(0, size * imageBytes));
  }

  ByteBuffer colour() {
    return buffer(colour.asSlice(0, (long) size * MATRIX * Float.BYTES));
  }

  ByteBuffer tokens() {
    return buffer(tokens.asSlice(0, (long) size * contextLength * Long.BYTES));
  }

  ByteBuffer pairIds() {
    return buffer(pairIds.asSlice(0, (long) size * PAIR));
  }

  /** Drops samples from a batch; those kept move up. For the holder of the batch. */
  void retain(IntPredicate kept) {
    for (int i = 0; i < size; i++) {
      entries[i].used = kept.test(i);
    }
    compact();
  }

  private void compact() {
    int to = 0;
    for (int from = 0; from < entries.length; from++) {
      Entry entry = entries[from];
      if (!entry.used) {
        continue;
      }
      if (from != to) {
        entries[from] = entries[to];
        entries[to] = entry;
        move(images, from, to, imageBytes);
        move(colour, from, to, (long) MATRIX * Float.BYTES);
        move(tokens, from, to, (long) contextLength * Long.BYTES);
        move(pairIds, from, to, PAIR);
      }
      to++;
    }
    size = to;
  }

  private static void move(MemorySegment memory, int from, int to, long bytes) {
    MemorySegment.copy(memory, from * bytes, memory, to * bytes, bytes);
  }

  private static ByteBuffer buffer(MemorySegment memory) {
    return memory.asByteBuffer().order(ByteOrder.nativeOrder());
  }
}
