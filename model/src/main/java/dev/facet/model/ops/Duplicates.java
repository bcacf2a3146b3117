package dev.facet.model.ops;

/** What other pairs of a batch with the same picture or caption are to a pair. */
public enum Duplicates {
  /** Negatives as any other. */
  IGNORE(0),
  /** Left out. */
  MASK(1),
  /** Right answers as well. */
  SHARE(2);

  /** What stands for it in the {@code .py} files. */
  private final int code;

  Duplicates(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
