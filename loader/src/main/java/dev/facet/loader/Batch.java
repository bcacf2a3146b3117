package dev.facet.loader;

import dev.facet.loader.picture.ImageSettings;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;

/**
 * A batch ready for the device: a view of one slot of the loader's ring. Bad samples have been
 * dropped and the others moved up, their order kept, so a batch may be smaller than asked for, even
 * empty. Buffers are direct, in native byte order, dense, from position 0 to their limit.
 *
 * <p>{@link #close} gives the slot back to be filled anew; nothing of the batch, arrays that share
 * its memory included, may be used after that or after the loader was closed.
 */
public final class Batch implements AutoCloseable {
  private final Slot slot;
  private final Position next;
  private boolean closed;

  Batch(Slot slot, Position next) {
    this.slot = slot;
    this.next = next;
  }

  /** Number of samples; 0 if all were bad. */
  public int size() {
    return open().size();
  }

  /**
   * Pictures, channels R, G, B: uint8 [size, S, S, 3], or float32 [size, 3, S, S] with the colour
   * change and normalisation applied, as {@link ImageSettings#pixels} says. Vectors that stand in
   * the pictures' places: float32 [size, width].
   */
  public ByteBuffer images() {
    return open().images();
  }

  /**
   * Colour change and normalisation as float32 [size, 3, 4]: the matrix times (r, g, b, 1), with r,
   * g, b in 0..255, is the normalised channel.
   */
  public ByteBuffer colour() {
    return open().colour();
  }

  /** Token ids of the chosen captions as int64 [size, T]. */
  public ByteBuffer tokens() {
    return open().tokens();
  }

  /**
   * What tells pairs apart, as int64 [size, 2]: the first number is the same where the same face of
   * the same picture is seen, the second where the chosen caption has the same token ids.
   */
  public ByteBuffer pairIds() {
    return open().pairIds();
  }

  /** The first of the {@link #pairIds} of sample {@code i}. */
  public long pictureId(int i) {
    Objects.checkIndex(i, size());
    return slot.pictureId(i);
  }

  /** Drops all samples but these; they move up, their order kept. */
  public void retain(IntPredicate kept) {
    open().retain(kept);
  }

  /** Row number of sample {@code i} within the dataset. */
  public long row(int i) {
    return entry(i).number();
  }

  /** Id of sample {@code i}. */
  public String id(int i) {
    return entry(i).row().id();
  }

  /** Where sample {@code i} comes from. */
  public String source(int i) {
    return entry(i).row().source();
  }

  /** All captions of sample {@code i}; one of them was chosen. */
  public List<String> captions(int i) {
    return entry(i).row().captions();
  }

  /** Labels of sample {@code i}. */
  public Map<String, String> labels(int i) {
    return entry(i).row().labels();
  }

  /** Where a loader must start to deliver what follows this batch. */
  public Position next() {
    return next;
  }

  /** Gives the slot back. Closing twice is harmless. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      slot.release();
    }
  }

  private Slot open() {
    if (closed) {
      throw new IllegalStateException("the batch was closed; its memory belongs to a later one");
    }
    return slot;
  }

  private Slot.Entry entry(int i) {
    Objects.checkIndex(i, size());
    return slot.entry(i);
  }
}
