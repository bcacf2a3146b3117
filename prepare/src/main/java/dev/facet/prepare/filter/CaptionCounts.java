package dev.facet.prepare.filter;

import dev.facet.base.SampleRandom;

/**
 * How often each caption occurs in the whole: all are added first, then asked for, so that the
 * answer does not depend on their order. A caption is known by 64 bits, of which a table with open
 * addressing holds one copy beside a count of 8 bits: 9 bytes for each of the slots, of which at
 * most four in five are taken, so 15 million different captions need 170 MB if their number was
 * known before. Two different captions are taken for one with a probability of n² / 2⁶⁵, 1 in
 * 160,000 there. Not thread-safe while captions are added.
 */
public final class CaptionCounts {
  private static final int MOST = 255;
  private static final int LEAST_SLOTS = 1 << 10;
  private static final double LOAD = 0.8;
  private static final double GROWTH = 1.5;

  /** 0 is a free slot. */
  private long[] keys;

  private byte[] counts;
  private int taken;

  /**
   * @param expected number of different captions, if known, else 0
   */
  public CaptionCounts(int expected) {
    int slots = (int) Math.min(Integer.MAX_VALUE - 8, Math.max(LEAST_SLOTS, expected / LOAD + 1));
    keys = new long[slots];
    counts = new byte[slots];
  }

  /** Counts one more. */
  public void add(String caption) {
    if (taken >= LOAD * keys.length) {
      grow();
    }
    long key = key(caption);
    int slot = slot(key);
    if (keys[slot] == 0) {
      keys[slot] = key;
      taken++;
    }
    counts[slot] += (byte) ((counts[slot] & 0xff) < MOST ? 1 : 0);
  }

  /** How often it was added, 255 at most. */
  public int count(String caption) {
    return counts[slot(key(caption))] & 0xff;
  }

  /** Forgets all that do not occur more often than that, and counts them as 0 from now on. */
  public void keepAbove(int limit) {
    int common = 0;
    for (byte count : counts) {
      common += (count & 0xff) > limit ? 1 : 0;
    }
    CaptionCounts kept = new CaptionCounts(common);
    for (int i = 0; i < keys.length; i++) {
      if ((counts[i] & 0xff) > limit) {
        kept.put(keys[i], counts[i]);
      }
    }
    keys = kept.keys;
    counts = kept.counts;
    taken = common;
  }

  private void put(long key, byte count) {
    int slot = slot(key);
    keys[slot] = key;
    counts[slot] = count;
  }

  /** Where a key stands, or the free slot where it would. */
  private int slot(long key) {
    // The high half of a product spreads keys evenly over any number of slots (Lemire, 2019).
    int slot = (int) Math.unsignedMultiplyHigh(key, keys.length);
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = slot + 1 == keys.length ? 0 : slot + 1;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    byte[] oldCounts = counts;
    int slots = (int) Math.min(Integer.MAX_VALUE - 8, (long) (GROWTH * oldKeys.length));
    keys = new long[slots];
    counts = new byte[slots];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        put(oldKeys[i], oldCounts[i]);
      }
    }
  }

  private static long key(String caption) {
    long key = caption.length();
    for (int i = 0; i < caption.length(); i++) {
      key = SampleRandom.mix(key ^ caption.charAt(i)) + i;
    }
    return key == 0 ? 1 : key;
  }
}
