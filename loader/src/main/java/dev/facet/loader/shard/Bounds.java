package dev.facet.loader.shard;

import java.io.IOException;

/** What damaged bytes are told apart by. */
final class Bounds {
  private Bounds() {}

  static void require(boolean sound, String otherwise) throws IOException {
    if (!sound) {
      throw new IOException(otherwise);
    }
  }
}
