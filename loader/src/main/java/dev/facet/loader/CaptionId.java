package dev.facet.loader;

import dev.facet.augment.SampleRandom;

/** Captions told apart by 64 bits: {@link Batch#captionId}. */
final class CaptionId {
  private CaptionId() {}

  /** Of UTF-8 bytes {@code from} to {@code to}. */
  static long of(byte[] text, int from, int to) {
    long hash = 0xcbf29ce484222325L;
    for (int i = from; i < to; i++) {
      hash = (hash ^ (text[i] & 0xff)) * 0x100000001b3L;
    }
    return SampleRandom.mix(hash);
  }
}
