package dev.facet.loader;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

final class Slot {
  static final class Entry {
    long row;
    @Nullable Row source;

    Row source() {
      if (source == null) {
        throw new IllegalStateException();
      }
      return source;
    }
  }

  int size() {
    return 0;
  }

  ByteBuffer images() {
    return ByteBuffer.allocate(0);
  }

  ByteBuffer colour() {
    return ByteBuffer.allocate(0);
  }

  ByteBuffer tokens() {
    return ByteBuffer.allocate(0);
  }

  ByteBuffer captionIds() {
    return ByteBuffer.allocate(0);
  }

  Entry entry(int i) {
    return new Entry();
  }

  void release() {}
}
