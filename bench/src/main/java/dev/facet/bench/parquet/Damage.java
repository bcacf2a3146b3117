package dev.facet.bench.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** What can happen to a file, as the loader's own tests do it to shards. The same in every run. */
enum Damage {
  /**
   * Bits flip, bytes change, go missing or come twice, stretches are overwritten, the end is cut.
   */
  ACCIDENT {
    @Override
    List<byte[]> of(byte[] sound) {
      SplittableRandom random = new SplittableRandom(Arrays.hashCode(sound));
      List<byte[]> damaged = new ArrayList<>();
      for (int i = 0; i < 150; i++) {
        byte[] bytes = sound;
        for (int k = random.nextInt(3); k >= 0; k--) {
          bytes = once(bytes, random);
        }
        damaged.add(
            random.nextInt(20) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
      }
      return damaged;
    }
  },
  /** The largest number that fits stands somewhere: in a length or a count, sooner or later. */
  FALSE_PROMISE {
    @Override
    List<byte[]> of(byte[] sound) {
      List<byte[]> damaged = new ArrayList<>();
      for (int at = 4; at < sound.length - 13; at += 17) {
        byte[] bytes = sound.clone();
        Arrays.fill(bytes, at, at + 4, (byte) 0xfe);
        bytes[at + 4] = 0x0f; // a varint of 32 bits ends
        damaged.add(bytes);
      }
      for (int length : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 0, sound.length}) {
        byte[] bytes = sound.clone();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length - 8, length);
        damaged.add(bytes);
      }
      return damaged;
    }
  };

  /** Damaged copies of a Parquet file. */
  abstract List<byte[]> of(byte[] sound);

  private static byte[] once(byte[] sound, SplittableRandom random) {
    byte[] bytes = sound.clone();
    // Half of them hit the end, where the footer is.
    int from = random.nextBoolean() ? Math.max(0, bytes.length - 2000) : 0;
    int at = random.nextInt(from, bytes.length);
    switch (random.nextInt(5)) {
      case 0 -> bytes[at] = (byte) random.nextInt(256);
      case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xff : 0x7f);
      case 3 -> {
        int length = Math.min(1 + random.nextInt(16), bytes.length - at);
        System.arraycopy(sound, random.nextInt(sound.length - length), bytes, at, length);
      }
      default -> {
        int gone = random.nextInt(2);
        byte[] moved = Arrays.copyOf(bytes, bytes.length + 1 - 2 * gone);
        System.arraycopy(bytes, at + gone, moved, at + 1 - gone, bytes.length - at - gone);
        bytes = moved;
      }
    }
    return bytes;
  }
}
