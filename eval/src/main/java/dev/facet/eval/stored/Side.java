package dev.facet.eval.stored;

/** What stored vectors are of. */
public enum Side {
  PICTURES(PartFiles.PICTURES),
  CAPTIONS(PartFiles.CAPTIONS);

  private final String folder;

  Side(String folder) {
    this.folder = folder;
  }

  /** The folder of its files. */
  String folder() {
    return folder;
  }
}
