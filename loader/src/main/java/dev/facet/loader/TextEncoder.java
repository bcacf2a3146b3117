package dev.facet.loader;

import java.nio.LongBuffer;

/** Turns a caption into token ids. Called from many threads at once. */
public interface TextEncoder {
  /** Ids written per caption. */
  int contextLength();

  /** Writes exactly {@link #contextLength} ids, padded or cut, at the buffer's position. */
  void encode(String caption, LongBuffer ids);
}
