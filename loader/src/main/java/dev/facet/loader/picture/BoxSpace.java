package dev.facet.loader.picture;

/** Which picture the numbers of a face box refer to. */
public enum BoxSpace {
  /** The picture as it is shown, turned upright. */
  DISPLAYED,
  /** The picture as it is stored, its EXIF orientation ignored. */
  STORED
}
