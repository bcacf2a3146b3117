package dev.facet.augment;

/** An operation that chooses which part of the picture is seen, and how it lies. */
sealed interface Geometry
    permits CentreCrop, FaceBox, Flip, RandomResizedCrop, Rotation, Shear, Squash, Translation {

  /** Draws, and moves the frame. */
  void move(Frame frame, SampleRandom random);
}
