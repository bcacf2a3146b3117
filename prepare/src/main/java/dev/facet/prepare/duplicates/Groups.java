package dev.facet.prepare.duplicates;

/** Numbers in groups that grow together (union-find); a group is known by its lowest number. */
final class Groups {
  private final int[] towards;

  /** Each number for itself. */
  Groups(int count) {
    towards = new int[count];
    for (int i = 0; i < count; i++) {
      towards[i] = i;
    }
  }

  void unite(int one, int other) {
    int first = first(one);
    int second = first(other);
    towards[Math.max(first, second)] = Math.min(first, second);
  }

  /** Halves the way for those who come after. */
  private int first(int number) {
    int at = number;
    while (towards[at] != at) {
      towards[at] = towards[towards[at]];
      at = towards[at];
    }
    return at;
  }

  /** The lowest number of each number's group; ends the uniting. */
  int[] firsts() {
    for (int i = 0; i < towards.length; i++) {
      towards[i] = towards[towards[i]]; // lower ones are done
    }
    return towards;
  }
}
