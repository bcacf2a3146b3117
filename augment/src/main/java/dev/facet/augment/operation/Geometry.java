package dev.facet.augment.operation;

import dev.facet.augment.geometry.Frame;
import dev.facet.base.SampleRandom;

/** An operation that chooses which part of the picture is seen, and how it lies. */
public interface Geometry {

  /** Draws, and moves the frame. */
  void move(Frame frame, SampleRandom random);
}
