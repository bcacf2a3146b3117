package dev.facet.eval.retrieval;

/**
 * Which captions belong to each key (an image, or a distinct caption text): two flat arrays instead
 * of a list per key.
 */
final class Groups {
  private final int[] start;
  private final int[] member;

  /**
   * @param key the key of every caption, in [0, keys)
   */
  Groups(int[] key, int keys) {
    start = new int[keys + 1];
    for (int k : key) {
      start[k + 1]++;
    }
    for (int k = 0; k < keys; k++) {
      start[k + 1] += start[k];
    }
    member = new int[key.length];
    int[] next = start.clone();
    for (int caption = 0; caption < key.length; caption++) {
      member[next[key[caption]]++] = caption;
    }
  }

  int from(int key) {
    return start[key];
  }

  int to(int key) {
    return start[key + 1];
  }

  int size(int key) {
    return start[key + 1] - start[key];
  }

  /** The caption at a place between {@link #from} and {@link #to}; ascending within a key. */
  int at(int place) {
    return member[place];
  }
}
