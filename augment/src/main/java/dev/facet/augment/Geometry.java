package dev.facet.augment;

/** An operation that chooses which part of the picture is seen, and how it lies. */
interface Geometry {

  /** Draws, and moves the frame. */
  void move(Frame frame, SampleRandom random);
}
