package dev.facet.augment;

import dev.facet.augment.geometry.Orientation;
import dev.facet.augment.memory.Pixels;

/** A stored picture whose decoding is made up. */
record FakePicture(int shownWidth, int shownHeight, Orientation orientation, Decoding decoding)
    implements StoredPicture<RuntimeException> {
  /** What comes out of decoding. */
  interface Decoding {
    Pixels decode(int reduction, int[] wanted);
  }

  @Override
  public Pixels decode(int reduction, int[] wanted) {
    return decoding.decode(reduction, wanted);
  }
}
