package dev.facet.loader.parquet;

import java.io.IOException;

/** What damaged bytes are told apart by. */
public final class Bounds {
  private Bounds() {}

  public static void require(boolean sound, String otherwise) throws IOException {
    if (!sound) {
      throw new IOException(otherwise);
    }
  }
}
