package dev.facet.eval;

import dev.facet.loader.TextEncoder;
import java.nio.LongBuffer;

/** Pictures travel without text here: all captions of a picture are encoded, not a chosen one. */
public enum WithoutText implements TextEncoder {
  INSTANCE;

  @Override
  public int contextLength() {
    return 1;
  }

  @Override
  public void encode(String caption, LongBuffer ids) {
    ids.put(0);
  }
}
