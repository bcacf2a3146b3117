package dev.facet.loader;

import dev.facet.loader.data.CaptionSettings;
import java.nio.LongBuffer;

/** Turns a caption into token ids. Called from many threads at once. */
public interface TextEncoder extends AutoCloseable {
  /** Ids written per caption. */
  int contextLength();

  /** Which part of a caption is to be encoded. */
  default CaptionSettings parts() {
    return CaptionSettings.WHOLE;
  }

  /** Writes exactly {@link #contextLength} ids, padded or cut, at the buffer's position. */
  void encode(String caption, LongBuffer ids);

  @Override
  default void close() {}
}
